-- Times of day are HH:MM on the school's wall; dates YYYY-MM-DD of the school's calendar.

-- `kelas` is a JSON array, null: every class. `days`: a JSON array of ISO weekdays, 1 Monday .. 7 Sunday. `place` is JSON:
-- shared/contract/timetable.ts, placeRuleSchema. `leaving_opens` null: nobody checks out. The row `harian` is made with the
-- database: one session a day for everybody.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kelas TEXT,
  days TEXT NOT NULL,
  opens TEXT NOT NULL,
  late_after TEXT NOT NULL,
  closes TEXT NOT NULL,
  grace_minutes INTEGER NOT NULL DEFAULT 0,
  leaving_opens TEXT,
  leaving_closes TEXT,
  place TEXT,
  valid_from TEXT,
  valid_until TEXT,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

INSERT INTO sessions (id, name, kelas, days, opens, late_after, closes, created_at, updated_at)
  VALUES ('harian', 'Harian', NULL, '[1,2,3,4,5,6,7]', '00:00', '07:15', '23:59', 0, 0);

-- `kelas` as in sessions.
CREATE TABLE holidays (
  id TEXT PRIMARY KEY,
  from_date TEXT NOT NULL,
  until_date TEXT NOT NULL,
  name TEXT NOT NULL,
  kelas TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX holidays_by_date ON holidays (from_date, until_date);

-- A session whose missing people were made alfa, once.
CREATE TABLE session_closings (
  session_id TEXT NOT NULL,
  date TEXT NOT NULL,
  closed_at INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  PRIMARY KEY (session_id, date)
) STRICT;

-- A student asks for days off; approved ones fill the sessions of those days.
CREATE TABLE izin_requests (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('izin', 'sakit')),
  from_date TEXT NOT NULL,
  until_date TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'refused', 'withdrawn')),
  decided_by TEXT,
  decided_at INTEGER,
  note TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX izin_by_state ON izin_requests (state, created_at);

CREATE INDEX izin_by_user ON izin_requests (user_id, from_date);

-- Every change of a recorded attendance: who, why, from what to what. Nothing is overwritten silently.
CREATE TABLE corrections (
  id TEXT PRIMARY KEY,
  absensi_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  by_user TEXT,
  reason TEXT NOT NULL,
  old_value TEXT NOT NULL,
  new_value TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX corrections_by_absensi ON corrections (absensi_id, created_at);

CREATE INDEX corrections_by_user ON corrections (user_id, created_at);
