-- Budgets that several servers on one database share (server/http/limits). `bucket` is a hash of the budget's name and of whom
-- it is for; a row is over when `until` (ms) is.
DROP TABLE rate_limits;

CREATE TABLE rate_units (
  id INTEGER PRIMARY KEY,
  bucket TEXT NOT NULL,
  until INTEGER NOT NULL
) STRICT;

CREATE INDEX rate_units_by_bucket ON rate_units (bucket, until);

CREATE INDEX rate_units_by_time ON rate_units (until);

CREATE TABLE rate_slices (
  bucket TEXT NOT NULL,
  until INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (bucket, until)
) STRICT;

CREATE INDEX rate_slices_by_time ON rate_slices (until);

-- The teacher who drew a code: it opens nothing once she could not draw it any more. Null: drawn by an admin or an import.
ALTER TABLE activation_codes ADD COLUMN guru_id TEXT;
