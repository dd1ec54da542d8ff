-- The newest of a page, and the rows of one session. A person's days: absensi_by_user in 0007.
CREATE INDEX absensi_by_time ON absensi (date, timestamp, id);

CREATE INDEX absensi_by_method ON absensi (method, date);

CREATE INDEX absensi_by_session ON absensi (session_id, date);

CREATE INDEX izin_by_time ON izin_requests (created_at);

-- A student says that what is recorded of her in a session is wrong, or that something is missing. `status` is what she
-- says it should be.
CREATE TABLE correction_requests (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  session_id TEXT NOT NULL,
  date TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('hadir', 'terlambat', 'izin', 'sakit')),
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
  decided_by TEXT,
  decided_at INTEGER,
  note TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX correction_requests_one_open ON correction_requests (user_id, session_id, date)
  WHERE state = 'open';

CREATE INDEX correction_requests_by_state ON correction_requests (state, created_at);

CREATE INDEX correction_requests_by_user ON correction_requests (user_id, created_at);
