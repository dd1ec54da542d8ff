-- Times are milliseconds since 1970 (UTC). Ids are UUIDs unless said otherwise.

-- One row a shot. `encoding_data` is sealed by the vault; `enrolment_id` names the set that was saved together.
-- `quality` (0..100) was measured in the browser; `confidence` (0..1) is how well the shot agrees with the others.
CREATE TABLE face_encodings (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  enrolment_id TEXT NOT NULL,
  model TEXT NOT NULL,
  encoding_data BLOB NOT NULL,
  pose TEXT NOT NULL CHECK (pose IN ('front', 'left', 'right', 'any')),
  quality REAL NOT NULL,
  confidence REAL NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX face_encodings_by_user ON face_encodings (user_id, enrolment_id);

-- A new enrolment that looks like somebody enrolled already waits for a person. Settled once for a pair.
CREATE TABLE face_cases (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  other_user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('open', 'two_people', 'one_person')),
  created_at INTEGER NOT NULL,
  settled_at INTEGER
) STRICT;

CREATE UNIQUE INDEX face_cases_one_a_pair ON face_cases (user_id, other_user_id);

CREATE INDEX face_cases_by_other ON face_cases (other_user_id);

CREATE INDEX face_cases_by_state ON face_cases (state, created_at);

-- `challenges` is JSON. A spent ticket keeps the SHA-256 of the capture it was spent on and the answer (JSON), so that
-- the very same capture gets the very same answer. `refusal` is the answer's code when it was refused. `user_id` is null
-- where a kiosk asks who it is.
CREATE TABLE tickets (
  id TEXT PRIMARY KEY,
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  device_id TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('check-in', 'enrol', 'scan', 'verify', 'upload', 'identify')),
  challenges TEXT NOT NULL,
  slow INTEGER NOT NULL CHECK (slow IN (0, 1)),
  poses TEXT NOT NULL CHECK (poses IN ('guided', 'any')),
  sealing_kid TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  spent_at INTEGER,
  capture_hash TEXT,
  receipt TEXT,
  refusal TEXT
) STRICT;

CREATE INDEX tickets_by_user ON tickets (user_id, device_id, issued_at);

CREATE INDEX tickets_by_device ON tickets (device_id, user_id);

CREATE INDEX tickets_by_expiry ON tickets (expires_at);

-- What the server judged of one capture. `session_id` is the ticket. `metadata` is JSON: each signal's value and limit.
-- `trace` is sealed by the vault and goes after `trace_until`; `trace_hash` tells a trace that comes again.
-- `user_id` is null where a kiosk saw a face of nobody it knows: then there is no key to seal the trace under, and none is kept.
CREATE TABLE liveness_checks (
  id TEXT PRIMARY KEY,
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  session_id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  challenge_type TEXT NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('live', 'review', 'not_live')),
  reason TEXT NOT NULL,
  metadata TEXT NOT NULL,
  trace BLOB,
  trace_hash TEXT NOT NULL,
  trace_until INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX liveness_checks_one_a_ticket ON liveness_checks (session_id);

CREATE INDEX liveness_checks_by_user ON liveness_checks (user_id, created_at);

CREATE INDEX liveness_checks_by_hash ON liveness_checks (trace_hash);

CREATE INDEX liveness_checks_by_end ON liveness_checks (trace_until) WHERE trace IS NOT NULL;

-- One attendance a user, session and school day. `timestamp` is the moment that counts (the ticket's issue). `method`: by
-- face, by hand (a teacher), by an approved izin, at the close of a session (alfa), by code. `left_at`: checked out, where
-- the session asks for it. `place`: what the session's place rule found, null where there is none.
CREATE TABLE absensi (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  session_id TEXT NOT NULL,
  date TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('hadir', 'terlambat', 'izin', 'sakit', 'alfa')),
  grade TEXT NOT NULL CHECK (grade IN ('verified', 'provisional', 'review')),
  late_minutes INTEGER NOT NULL,
  confidence REAL NOT NULL,
  device_id TEXT,
  device_info TEXT,
  ip_address TEXT,
  location TEXT,
  check_id TEXT,
  method TEXT NOT NULL DEFAULT 'face' CHECK (method IN ('face', 'kiosk', 'manual', 'izin', 'close', 'code')),
  place TEXT CHECK (place IN ('inside', 'outside', 'unknown')),
  left_at INTEGER,
  note TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX absensi_once ON absensi (user_id, session_id, date);

CREATE INDEX absensi_by_date ON absensi (date, status);

CREATE INDEX absensi_by_grade ON absensi (grade, date);

CREATE INDEX absensi_by_device ON absensi (device_id, date);
