-- Many students who change class at once have their counts moved together (server/reports/counts/move.ts): one by one, ten
-- thousand with a term behind them take half a minute. Meanwhile the triggers keep out of it. Both tables are empty otherwise.
CREATE TABLE moving (id INTEGER PRIMARY KEY) STRICT;

CREATE TABLE moving_counts (
  date TEXT NOT NULL,
  session_id TEXT NOT NULL,
  from_kelas TEXT NOT NULL,
  to_kelas TEXT NOT NULL,
  status TEXT NOT NULL,
  count INTEGER NOT NULL,
  late_minutes INTEGER NOT NULL
) STRICT;

DROP TRIGGER absensi_totals_keep;
CREATE TRIGGER absensi_totals_keep AFTER UPDATE OF count, late_minutes ON absensi_counts
  WHEN NOT EXISTS (SELECT 1 FROM moving)
BEGIN
  INSERT INTO absensi_totals (date, session_id, status, count, late_minutes)
    SELECT NEW.date, NEW.session_id, NEW.status, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM absensi_totals t
      WHERE t.date = NEW.date AND t.session_id = NEW.session_id AND t.status = NEW.status);
  UPDATE absensi_totals SET count = count + NEW.count - OLD.count,
      late_minutes = late_minutes + NEW.late_minutes - OLD.late_minutes
    WHERE date = NEW.date AND session_id = NEW.session_id AND status = NEW.status;
END;

DROP TRIGGER absensi_counts_user_moved;
CREATE TRIGGER absensi_counts_user_moved AFTER UPDATE OF kelas, role ON users
  WHEN (OLD.kelas IS NOT NEW.kelas OR OLD.role IS NOT NEW.role) AND NOT EXISTS (SELECT 1 FROM moving)
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
