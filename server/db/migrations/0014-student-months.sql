-- A student's month in a session as one line: a letter a day (H, T, I, S, A; '.' for nothing recorded), kept by the triggers
-- below in whatever batch changes an attendance. A report over a term of everybody reads six lines a student and not a
-- hundred attendances.
CREATE TABLE absensi_months (
  user_id TEXT NOT NULL,
  month TEXT NOT NULL,
  session_id TEXT NOT NULL,
  days TEXT NOT NULL CHECK (length(days) = 31),
  came INTEGER NOT NULL GENERATED ALWAYS AS (31 - length(replace(replace(days, 'H', ''), 'T', ''))) STORED,
  total INTEGER NOT NULL GENERATED ALWAYS AS (length(replace(days, '.', ''))) STORED,
  alfa INTEGER NOT NULL GENERATED ALWAYS AS (31 - length(replace(days, 'A', ''))) STORED,
  PRIMARY KEY (user_id, month, session_id)
) STRICT, WITHOUT ROWID;

-- No upsert in a trigger: an INSERT OR IGNORE outside would turn it off.
CREATE TRIGGER absensi_months_insert AFTER INSERT ON absensi
BEGIN
  INSERT INTO absensi_months (user_id, month, session_id, days)
    SELECT NEW.user_id, substr(NEW.date, 1, 7), NEW.session_id, '...............................'
      WHERE NOT EXISTS (SELECT 1 FROM absensi_months m WHERE m.user_id = NEW.user_id
        AND m.month = substr(NEW.date, 1, 7) AND m.session_id = NEW.session_id);
  UPDATE absensi_months SET days = substr(days, 1, substr(NEW.date, 9) - 1) || upper(substr(NEW.status, 1, 1))
      || substr(days, substr(NEW.date, 9) + 1)
    WHERE user_id = NEW.user_id AND month = substr(NEW.date, 1, 7) AND session_id = NEW.session_id;
END;

CREATE TRIGGER absensi_months_delete AFTER DELETE ON absensi
BEGIN
  UPDATE absensi_months SET days = substr(days, 1, substr(OLD.date, 9) - 1) || '.' || substr(days, substr(OLD.date, 9) + 1)
    WHERE user_id = OLD.user_id AND month = substr(OLD.date, 1, 7) AND session_id = OLD.session_id;
  DELETE FROM absensi_months
    WHERE user_id = OLD.user_id AND month = substr(OLD.date, 1, 7) AND session_id = OLD.session_id AND total = 0;
END;

CREATE TRIGGER absensi_months_update AFTER UPDATE OF user_id, session_id, date, status ON absensi
BEGIN
  UPDATE absensi_months SET days = substr(days, 1, substr(OLD.date, 9) - 1) || '.' || substr(days, substr(OLD.date, 9) + 1)
    WHERE user_id = OLD.user_id AND month = substr(OLD.date, 1, 7) AND session_id = OLD.session_id;
  INSERT INTO absensi_months (user_id, month, session_id, days)
    SELECT NEW.user_id, substr(NEW.date, 1, 7), NEW.session_id, '...............................'
      WHERE NOT EXISTS (SELECT 1 FROM absensi_months m WHERE m.user_id = NEW.user_id
        AND m.month = substr(NEW.date, 1, 7) AND m.session_id = NEW.session_id);
  UPDATE absensi_months SET days = substr(days, 1, substr(NEW.date, 9) - 1) || upper(substr(NEW.status, 1, 1))
      || substr(days, substr(NEW.date, 9) + 1)
    WHERE user_id = NEW.user_id AND month = substr(NEW.date, 1, 7) AND session_id = NEW.session_id;
  DELETE FROM absensi_months
    WHERE user_id = OLD.user_id AND month = substr(OLD.date, 1, 7) AND session_id = OLD.session_id AND total = 0;
END;

CREATE TRIGGER absensi_months_user_gone AFTER DELETE ON users
BEGIN
  DELETE FROM absensi_months WHERE user_id = OLD.id;
END;

-- What is recorded already, by the trigger itself: it cannot differ from what will be.
UPDATE absensi SET status = status;

-- A class's counts in a period, from the index alone.
DROP INDEX absensi_counts_by_kelas;

CREATE INDEX absensi_counts_by_kelas ON absensi_counts (kelas, date, status, session_id, count, late_minutes);
