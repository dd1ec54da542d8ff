import { z } from 'zod'
import { type Status, statusSchema } from '../../shared/contract/absensi.ts'
import type { Db } from '../db/open.ts'

const latestRow = z.object({
  name: z.string(),
  kelas: z.string().nullable(),
  status: statusSchema,
  timestamp: z.number(),
})

/** The students who came last on a day, the latest first. */
export async function listLatest(db: Db, date: string, limit: number): Promise<z.output<typeof latestRow>[]> {
  const rows = await db.read(
    `SELECT u.name, u.kelas, a.status, a.timestamp FROM absensi a INDEXED BY absensi_by_day
      CROSS JOIN users u ON u.id = a.user_id
      WHERE a.date = :date AND a.status IN ('hadir', 'terlambat') AND u.role = 'user'
      ORDER BY a.timestamp DESC LIMIT :limit`,
    { date, limit },
  )
  return rows.map((row) => latestRow.parse(row))
}

const dayRow = z
  .object({
    user_name: z.string(),
    date: z.string(),
    session: z.string(),
    status: statusSchema,
    timestamp: z.number(),
  })
  .transform(({ user_name, ...row }) => ({ ...row, userName: user_name }))

/** One attendance of a NIM; `timestamp` in ms. */
export interface DayOfNim {
  readonly userName: string
  readonly date: string
  readonly session: string
  readonly status: Status
  readonly timestamp: number
}

/** The attendances of an active student by NIM from `from` to `until`, the newest first; none for an unknown NIM. */
export async function listDaysOfNim(
  db: Db,
  nim: string,
  { from, until, limit }: { readonly from: string; readonly until: string; readonly limit: number },
): Promise<DayOfNim[]> {
  const rows = await db.read(
    `SELECT u.name AS user_name, a.date, coalesce(s.name, a.session_id) AS session, a.status, a.timestamp
      FROM users u CROSS JOIN absensi a ON a.user_id = u.id LEFT JOIN sessions s ON s.id = a.session_id
      WHERE u.nim = :nim AND u.role = 'user' AND u.is_active = 1 AND a.date BETWEEN :from AND :until
      ORDER BY a.date DESC, a.session_id LIMIT :limit`,
    { nim, from, until, limit },
  )
  return rows.map((row) => dayRow.parse(row))
}
