-- Times are milliseconds since 1970 (UTC). Ids are UUIDs unless said otherwise.

-- What a kiosk last told of itself: sealed events it still holds, the time of the oldest, leased tickets left, its build.
ALTER TABLE kiosks ADD COLUMN queue INTEGER;

ALTER TABLE kiosks ADD COLUMN oldest INTEGER;

ALTER TABLE kiosks ADD COLUMN stock INTEGER;

ALTER TABLE kiosks ADD COLUMN version TEXT;

ALTER TABLE kiosks ADD COLUMN told_at INTEGER;

-- Tickets a kiosk may use without network carry the id of the request that leased them: the same request again gets the
-- same tickets.
ALTER TABLE tickets ADD COLUMN lease_id TEXT;

CREATE INDEX tickets_by_lease ON tickets (device_id, lease_id) WHERE lease_id IS NOT NULL;

CREATE INDEX tickets_leased ON tickets (device_id, expires_at) WHERE lease_id IS NOT NULL AND spent_at IS NULL;

-- One row an event of a kiosk's outbox, whatever became of it. `kiosk_id` and `event_id` are the kiosk's own; `id` names the
-- row to people. `counter` as the kiosk sent it (null: not readable), `clash` is 1 when another event has it too.
-- `captured_at` is the time the server goes by, `trusted` 0 where that is the kiosk's word only. `nim`: what was claimed,
-- `claim_id` whose that is, `person_id` who was recognised. `result` and `reasons` (a JSON array, the first is told the
-- kiosk) and `status` are the receipt. `state`: `done` needs nobody, `waiting` does. Nothing of a face is in here: the
-- sealed trace is in liveness_checks, under the key of the person it was of.
CREATE TABLE kiosk_events (
  id TEXT PRIMARY KEY,
  kiosk_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  counter INTEGER,
  clash INTEGER NOT NULL CHECK (clash IN (0, 1)),
  ticket_id TEXT,
  received_at INTEGER NOT NULL,
  captured_at INTEGER NOT NULL,
  trusted INTEGER NOT NULL CHECK (trusted IN (0, 1)),
  wall_at INTEGER,
  nim TEXT,
  claim_id TEXT REFERENCES users (id) ON DELETE SET NULL,
  person_id TEXT REFERENCES users (id) ON DELETE SET NULL,
  absensi_id TEXT,
  check_id TEXT,
  result TEXT NOT NULL
    CHECK (result IN ('hadir', 'terlambat', 'already', 'unknown', 'review', 'not_live', 'bad')),
  reasons TEXT NOT NULL,
  status TEXT CHECK (status IN ('hadir', 'terlambat', 'izin', 'sakit', 'alfa')),
  state TEXT NOT NULL CHECK (state IN ('done', 'waiting', 'resolved', 'dismissed')),
  decided_by TEXT,
  decided_at INTEGER,
  note TEXT
) STRICT;

CREATE UNIQUE INDEX kiosk_events_once ON kiosk_events (kiosk_id, event_id);

CREATE UNIQUE INDEX kiosk_events_one_a_counter ON kiosk_events (kiosk_id, counter) WHERE clash = 0;

CREATE INDEX kiosk_events_by_state ON kiosk_events (state, captured_at, id);

-- What somebody typed goes with her.
CREATE TRIGGER kiosk_events_user_gone BEFORE DELETE ON users
BEGIN
  UPDATE kiosk_events SET nim = NULL WHERE claim_id = OLD.id;
END;

CREATE INDEX kiosk_events_by_time ON kiosk_events (received_at);

CREATE INDEX kiosk_events_by_claim ON kiosk_events (claim_id);

CREATE INDEX kiosk_events_by_person ON kiosk_events (person_id);
