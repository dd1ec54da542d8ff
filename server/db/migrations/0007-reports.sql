-- What reports read: counts kept beside the attendances, and indexes that answer without the table.

-- How many attendances of students there are, a day, session, class and status; `kelas` is the class a student is in now,
-- '' without one. Kept by the triggers below in whatever batch changes an attendance: a term of a big school is a million
-- rows, its counts some ten thousand. A count of 0 may stay behind.
CREATE TABLE absensi_counts (
  date TEXT NOT NULL,
  session_id TEXT NOT NULL,
  kelas TEXT NOT NULL,
  status TEXT NOT NULL,
  count INTEGER NOT NULL,
  late_minutes INTEGER NOT NULL,
  PRIMARY KEY (date, session_id, kelas, status)
) STRICT, WITHOUT ROWID;

CREATE INDEX absensi_counts_by_kelas ON absensi_counts (kelas, date);

-- The same for the school as a whole.
CREATE TABLE absensi_totals (
  date TEXT NOT NULL,
  session_id TEXT NOT NULL,
  status TEXT NOT NULL,
  count INTEGER NOT NULL,
  late_minutes INTEGER NOT NULL,
  PRIMARY KEY (date, session_id, status)
) STRICT, WITHOUT ROWID;

-- A row of counts begins at 0, so that updates are all there is to add up.
CREATE TRIGGER absensi_totals_keep AFTER UPDATE OF count, late_minutes ON absensi_counts
BEGIN
  INSERT INTO absensi_totals (date, session_id, status, count, late_minutes)
    SELECT NEW.date, NEW.session_id, NEW.status, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM absensi_totals t
      WHERE t.date = NEW.date AND t.session_id = NEW.session_id AND t.status = NEW.status);
  UPDATE absensi_totals SET count = count + NEW.count - OLD.count,
      late_minutes = late_minutes + NEW.late_minutes - OLD.late_minutes
    WHERE date = NEW.date AND session_id = NEW.session_id AND status = NEW.status;
END;

-- No upsert in a trigger: an INSERT OR IGNORE outside would turn it off.
CREATE TRIGGER absensi_counts_insert AFTER INSERT ON absensi
BEGIN
  INSERT INTO absensi_counts (date, session_id, kelas, status, count, late_minutes)
    SELECT NEW.date, NEW.session_id, coalesce(u.kelas, ''), NEW.status, 0, 0 FROM users u
      WHERE u.id = NEW.user_id AND u.role = 'user' AND NOT EXISTS (SELECT 1 FROM absensi_counts c
        WHERE c.date = NEW.date AND c.session_id = NEW.session_id AND c.kelas = coalesce(u.kelas, '')
          AND c.status = NEW.status);
  UPDATE absensi_counts SET count = count + 1, late_minutes = late_minutes + NEW.late_minutes
    WHERE date = NEW.date AND session_id = NEW.session_id AND status = NEW.status
      AND kelas = (SELECT coalesce(kelas, '') FROM users WHERE id = NEW.user_id AND role = 'user');
END;

CREATE TRIGGER absensi_counts_delete AFTER DELETE ON absensi
BEGIN
  UPDATE absensi_counts SET count = count - 1, late_minutes = late_minutes - OLD.late_minutes
    WHERE date = OLD.date AND session_id = OLD.session_id AND status = OLD.status
      AND kelas = (SELECT coalesce(kelas, '') FROM users WHERE id = OLD.user_id AND role = 'user');
END;

CREATE TRIGGER absensi_counts_update AFTER UPDATE OF user_id, session_id, date, status, late_minutes ON absensi
BEGIN
  UPDATE absensi_counts SET count = count - 1, late_minutes = late_minutes - OLD.late_minutes
    WHERE date = OLD.date AND session_id = OLD.session_id AND status = OLD.status
      AND kelas = (SELECT coalesce(kelas, '') FROM users WHERE id = OLD.user_id AND role = 'user');
  INSERT INTO absensi_counts (date, session_id, kelas, status, count, late_minutes)
    SELECT NEW.date, NEW.session_id, coalesce(u.kelas, ''), NEW.status, 0, 0 FROM users u
      WHERE u.id = NEW.user_id AND u.role = 'user' AND NOT EXISTS (SELECT 1 FROM absensi_counts c
        WHERE c.date = NEW.date AND c.session_id = NEW.session_id AND c.kelas = coalesce(u.kelas, '')
          AND c.status = NEW.status);
  UPDATE absensi_counts SET count = count + 1, late_minutes = late_minutes + NEW.late_minutes
    WHERE date = NEW.date AND session_id = NEW.session_id AND status = NEW.status
      AND kelas = (SELECT coalesce(kelas, '') FROM users WHERE id = NEW.user_id AND role = 'user');
END;

-- The attendances go while their user is still there to say which class they count for.
CREATE TRIGGER absensi_counts_user_gone BEFORE DELETE ON users
BEGIN
  DELETE FROM absensi WHERE user_id = OLD.id;
END;

-- A student who changes class takes her counts along.
CREATE TRIGGER absensi_counts_user_moved AFTER UPDATE OF kelas, role ON users
  WHEN OLD.kelas IS NOT NEW.kelas OR OLD.role IS NOT NEW.role
BEGIN
  UPDATE absensi_counts SET count = absensi_counts.count - own.count,
      late_minutes = absensi_counts.late_minutes - own.late_minutes
    FROM (SELECT date, session_id, status, count(*) AS count, sum(late_minutes) AS late_minutes
      FROM absensi WHERE user_id = OLD.id GROUP BY date, session_id, status) own
    WHERE OLD.role = 'user' AND absensi_counts.date = own.date AND absensi_counts.session_id = own.session_id
      AND absensi_counts.kelas = coalesce(OLD.kelas, '') AND absensi_counts.status = own.status;
  INSERT INTO absensi_counts (date, session_id, kelas, status, count, late_minutes)
    SELECT DISTINCT a.date, a.session_id, coalesce(NEW.kelas, ''), a.status, 0, 0 FROM absensi a
      WHERE a.user_id = NEW.id AND NEW.role = 'user' AND NOT EXISTS (SELECT 1 FROM absensi_counts c
        WHERE c.date = a.date AND c.session_id = a.session_id AND c.kelas = coalesce(NEW.kelas, '')
          AND c.status = a.status);
  UPDATE absensi_counts SET count = absensi_counts.count + own.count,
      late_minutes = absensi_counts.late_minutes + own.late_minutes
    FROM (SELECT date, session_id, status, count(*) AS count, sum(late_minutes) AS late_minutes
      FROM absensi WHERE user_id = NEW.id GROUP BY date, session_id, status) own
    WHERE NEW.role = 'user' AND absensi_counts.date = own.date AND absensi_counts.session_id = own.session_id
      AND absensi_counts.kelas = coalesce(NEW.kelas, '') AND absensi_counts.status = own.status;
END;

-- Everything a summary of a person asks.
CREATE INDEX absensi_by_user ON absensi (user_id, date, session_id, status, late_minutes);

-- A session's day: its entries lie together, whoever they are of.
CREATE INDEX absensi_by_day ON absensi (date, session_id, user_id, status, late_minutes, timestamp);

-- Students as lists show them: class by class, by name.
CREATE INDEX users_in_order ON users (role, coalesce(kelas, ''), name, id);

-- How many students there are, by class, with a face and without.
CREATE INDEX users_counted ON users (role, is_active, kelas, has_face, id);
