-- Times are milliseconds since 1970 (UTC).

-- A student's one live code, to be shown to a teacher. Only its HMAC is kept, under the key of `key_version`. Who looked it
-- up (`held_by`) may confirm until `held_until`; `absensi_id` is what that recorded.
CREATE TABLE presence_codes (
  user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  code_hmac TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  held_by TEXT REFERENCES users (id) ON DELETE SET NULL,
  held_until INTEGER NOT NULL DEFAULT 0,
  absensi_id TEXT,
  outcome TEXT
) STRICT;

CREATE INDEX presence_codes_held_by ON presence_codes (held_by);
