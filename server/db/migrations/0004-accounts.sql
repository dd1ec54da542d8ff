-- `self_made` is 1 for an account a person made herself and the school's own list has not confirmed: an import onto it
-- takes its password, devices and face away.
ALTER TABLE users ADD COLUMN self_made INTEGER NOT NULL DEFAULT 0 CHECK (self_made IN (0, 1));

CREATE INDEX users_by_name ON users (name COLLATE NOCASE, id);

CREATE INDEX users_waiting ON users (created_at) WHERE approval = 'pending';

-- The office's list of devices: what waits comes first.
CREATE INDEX devices_by_queue ON devices ((status <> 'pending'), created_at DESC);
