-- `self_made` is 1 for an account a person made herself and the school's own list has not confirmed: an import onto it
-- takes its password, devices and face away.
ALTER TABLE users ADD COLUMN self_made INTEGER NOT NULL DEFAULT 0 CHECK (self_made IN (0, 1));

CREATE INDEX users_by_name ON users (name COLLATE NOCASE, id);

CREATE INDEX users_by_role_name ON users (role, name COLLATE NOCASE, id);

CREATE INDEX users_by_role_kelas ON users (role, kelas, name COLLATE NOCASE, id);

CREATE INDEX users_waiting ON users (created_at) WHERE approval = 'pending';

-- The office's list of devices: what waits comes first.
CREATE INDEX devices_by_queue ON devices ((status <> 'pending'), created_at DESC);

-- Failed logins counted by several servers on one database (server/http/guesses). `bucket` is a hash of whom and where.
CREATE TABLE rate_limits (
  id INTEGER PRIMARY KEY,
  bucket TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE INDEX rate_limits_by_bucket ON rate_limits (bucket, at);

CREATE INDEX rate_limits_by_time ON rate_limits (at);
