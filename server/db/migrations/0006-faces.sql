-- Times are milliseconds since 1970 (UTC). Ids are UUIDs unless said otherwise.

-- Once more, with how a case was settled: `error` is a capture that went wrong; such a pair may be opened again.
DROP TABLE face_cases;

CREATE TABLE face_cases (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  other_user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('open', 'two_people', 'one_person', 'error')),
  created_at INTEGER NOT NULL,
  settled_at INTEGER,
  settled_by TEXT,
  reason TEXT
) STRICT;

CREATE UNIQUE INDEX face_cases_one_a_pair ON face_cases (user_id, other_user_id);

CREATE INDEX face_cases_by_other ON face_cases (other_user_id);

CREATE INDEX face_cases_by_state ON face_cases (state, created_at);

-- What lists of enrolled people ask for, without reading the shots.
CREATE INDEX face_encodings_facts ON face_encodings (user_id, model, quality, created_at);

-- Photographs sent instead of a capture, as embeddings: in no gallery until `matched_at` (a live capture of that account)
-- and confirmed by an admin. `sealed` (by the vault, all vectors in a row) goes with the decision. `qualities` is JSON.
CREATE TABLE face_uploads (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  by_user TEXT NOT NULL,
  model TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'confirmed', 'refused')),
  sealed BLOB,
  qualities TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  matched_at INTEGER,
  matched_check TEXT,
  decided_at INTEGER,
  decided_by TEXT
) STRICT;

CREATE UNIQUE INDEX face_uploads_one_pending ON face_uploads (user_id) WHERE state = 'pending';

CREATE INDEX face_uploads_by_user ON face_uploads (user_id, created_at);

CREATE INDEX face_uploads_by_state ON face_uploads (state, created_at);

-- `device_id` is the key's RFC 7638 thumbprint: a row of `devices` of kind kiosk, without a user. `kelas` is a JSON array,
-- null: every class.
CREATE TABLE kiosks (
  device_id TEXT PRIMARY KEY,
  room TEXT NOT NULL,
  kelas TEXT,
  last_seen INTEGER
) STRICT;

-- A code an admin reads out to a kiosk. `code_hmac` is keyed outside the database, under that version of the master key.
-- `device_id` and `jwk` are there once a kiosk came with the code; an admin then compares the key's fingerprint.
CREATE TABLE kiosk_pairings (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  room TEXT NOT NULL,
  kelas TEXT,
  code_hmac TEXT NOT NULL UNIQUE,
  key_version INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  device_id TEXT,
  jwk TEXT,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  confirmed_at INTEGER
) STRICT;

CREATE INDEX kiosk_pairings_by_end ON kiosk_pairings (expires_at);

-- The failures of a kiosk.
CREATE INDEX tickets_of_device ON tickets (device_id, issued_at);

CREATE INDEX devices_by_kind ON devices (kind, status);

-- Who was marked a moment ago.
CREATE INDEX absensi_recent_of_user ON absensi (user_id, timestamp);
