import type { Statement } from '../../db/write.ts'

/** The counts of the classes, moved by so many of those in `moving_counts`. */
const moved = (sign: '+' | '-', kelas: 'from_kelas' | 'to_kelas'): Statement => ({
  sql: `UPDATE absensi_counts SET count = absensi_counts.count ${sign} own.count,
      late_minutes = absensi_counts.late_minutes ${sign} own.late_minutes
    FROM (SELECT date, session_id, ${kelas} AS kelas, status, sum(count) AS count, sum(late_minutes) AS late_minutes
      FROM moving_counts GROUP BY 1, 2, 3, 4) own
    WHERE absensi_counts.date = own.date AND absensi_counts.session_id = own.session_id
      AND absensi_counts.kelas = own.kelas AND absensi_counts.status = own.status`,
})

/**
 * Statements around the one that changes the class of many students: it goes between `before` and `after`, in one batch. The
 * counts are added up class by class and moved together, which the triggers do student by student.
 * @param moves every student whose class is said, and the class (null: none); one who stays where she is moves nothing
 */
export function moveCounts(moves: readonly { readonly id: string; readonly to: string | null }[]): {
  before: readonly Statement[]
  after: readonly Statement[]
} {
  const before: Statement[] = [
    { sql: 'INSERT INTO moving (id) VALUES (1)' },
    {
      sql: `INSERT INTO moving_counts (date, session_id, from_kelas, to_kelas, status, count, late_minutes)
        SELECT a.date, a.session_id, coalesce(u.kelas, ''), coalesce(m.value ->> 'to', ''), a.status, count(*),
          sum(a.late_minutes)
        FROM json_each(:moves) m JOIN users u ON u.id = m.value ->> 'id' AND u.role = 'user'
          AND u.kelas IS NOT m.value ->> 'to'
        JOIN absensi a INDEXED BY absensi_by_user ON a.user_id = u.id GROUP BY 1, 2, 3, 4, 5`,
      args: { moves: JSON.stringify(moves) },
    },
    moved('-', 'from_kelas'),
    {
      sql: `INSERT INTO absensi_counts (date, session_id, kelas, status, count, late_minutes)
        SELECT DISTINCT m.date, m.session_id, m.to_kelas, m.status, 0, 0 FROM moving_counts m
          WHERE NOT EXISTS (SELECT 1 FROM absensi_counts c WHERE c.date = m.date AND c.session_id = m.session_id
            AND c.kelas = m.to_kelas AND c.status = m.status)`,
    },
    moved('+', 'to_kelas'),
    { sql: 'DELETE FROM moving_counts' },
  ]
  return { before, after: [{ sql: 'DELETE FROM moving' }] }
}
