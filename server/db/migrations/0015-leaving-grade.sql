-- What an attendance was graded before a leaving that has to be looked at: a rejected leaving takes nothing else away. Null:
-- the leaving is not doubted, or the coming was doubted before it.
ALTER TABLE absensi ADD COLUMN grade_arrived TEXT CHECK (grade_arrived IN ('verified', 'provisional'));
