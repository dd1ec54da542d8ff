-- Times are milliseconds since 1970 (UTC). Ids are UUIDs unless said otherwise.

-- A batch's condition: see mustChange in db/write.ts. Nothing is ever stored here.
CREATE VIEW must_change AS SELECT 0 AS rows WHERE 0;

CREATE TRIGGER must_change_one INSTEAD OF INSERT ON must_change WHEN NEW.rows IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'must_change');
END;

-- `value` is JSON.
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

-- `password_hash` is null until the account is activated; `password_temporary` is 1 while it is the one printed at the
-- first start. `epoch` rises when running sessions must end.
-- `accommodation` is JSON: shared/contract/auth.ts, accommodationSchema. `approval` is `pending` for an account a person
-- made herself, until an admin has looked at it. `parent_email` gets notices, where the school sends them.
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  nim TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL,
  email TEXT,
  parent_email TEXT,
  password_hash TEXT,
  password_temporary INTEGER NOT NULL DEFAULT 0 CHECK (password_temporary IN (0, 1)),
  role TEXT NOT NULL CHECK (role IN ('user', 'guru', 'admin')),
  kelas TEXT,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  has_face INTEGER NOT NULL DEFAULT 0 CHECK (has_face IN (0, 1)),
  approval TEXT NOT NULL DEFAULT 'approved' CHECK (approval IN ('approved', 'pending')),
  accommodation TEXT NOT NULL,
  epoch INTEGER NOT NULL DEFAULT 0,
  last_login INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX users_by_kelas ON users (kelas, is_active);

CREATE INDEX users_by_role ON users (role);

-- The classes a teacher may see and mark. An admin sees all, a teacher without a row none.
CREATE TABLE guru_kelas (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kelas TEXT NOT NULL,
  PRIMARY KEY (user_id, kelas)
) STRICT;

-- One code a user. `code_hmac` is keyed outside the database, under that version of the master key.
CREATE TABLE activation_codes (
  user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  code_hmac TEXT NOT NULL,
  key_version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  used_at INTEGER
) STRICT;

-- `token_hash` is SHA-256 of 256 random bits. A token is spent once; a spent one that comes back ends its family.
CREATE TABLE refresh_tokens (
  token_hash TEXT PRIMARY KEY,
  family TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  spent_at INTEGER
) STRICT;

CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family);

CREATE INDEX refresh_tokens_by_user ON refresh_tokens (user_id);

CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

-- `id` is the RFC 7638 thumbprint of `jwk`. A browser that two students use has a row for each; at most one is active.
CREATE TABLE devices (
  id TEXT NOT NULL,
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'kiosk')),
  jwk TEXT NOT NULL,
  label TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'pending', 'revoked')),
  created_at INTEGER NOT NULL,
  approved_at INTEGER,
  revoked_at INTEGER
) STRICT;

CREATE UNIQUE INDEX devices_one_row_each ON devices (id, user_id);

CREATE UNIQUE INDEX devices_one_student_per_phone ON devices (id) WHERE status = 'active';

CREATE UNIQUE INDEX devices_one_phone_per_student ON devices (user_id) WHERE kind = 'phone' AND status = 'active';

CREATE INDEX devices_by_user ON devices (user_id, status);

CREATE INDEX devices_by_status ON devices (status, created_at);

CREATE TABLE consents (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  version TEXT NOT NULL,
  given_at INTEGER NOT NULL,
  withdrawn_at INTEGER
) STRICT;

CREATE INDEX consents_by_user ON consents (user_id, withdrawn_at);

CREATE UNIQUE INDEX consents_one_live ON consents (user_id) WHERE withdrawn_at IS NULL;

-- `hash` chains over `prev` by HMAC under a key outside the database. `details`, `ip_address` and `user_agent` can be
-- erased: the chain holds only their salted hash. No foreign key: a line outlives its user.
CREATE TABLE audit_logs (
  seq INTEGER PRIMARY KEY,
  prev TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  key_version INTEGER NOT NULL,
  user_id TEXT,
  action TEXT NOT NULL,
  entity_type TEXT NOT NULL,
  entity_id TEXT,
  details TEXT,
  ip_address TEXT,
  user_agent TEXT,
  details_salt TEXT,
  details_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX audit_logs_by_user ON audit_logs (user_id, created_at);

CREATE INDEX audit_logs_by_action ON audit_logs (action, created_at);

CREATE INDEX audit_logs_by_entity ON audit_logs (entity_type, entity_id);

CREATE INDEX audit_logs_by_time ON audit_logs (created_at);
