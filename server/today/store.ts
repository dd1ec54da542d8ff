import { z } from 'zod'
import type { Db } from '../db/open.ts'
import { type Scope, scopeSql } from '../users/scope.ts'

const countRow = z.object({ count: z.number() })

/** Work that a guru too may settle: open corrections, and what kiosks recorded offline since `since` (YYYY-MM-DD). */
export async function countScopedWork(
  db: Db,
  scope: Scope,
  since: string,
): Promise<{ corrections: number; provisional: number }> {
  const within = scopeSql(scope)
  const students = `u.role = 'user' AND ${within.sql}`
  const count = async (sql: string, args: Record<string, string | number>) =>
    countRow.parse((await db.read(sql, { ...args, ...within.args }))[0]).count
  const [corrections, provisional] = await Promise.all([
    count(
      `SELECT count(*) AS count FROM correction_requests c CROSS JOIN users u ON u.id = c.user_id
        WHERE c.state = 'open' AND ${students}`,
      {},
    ),
    count(
      `SELECT count(*) AS count FROM absensi a CROSS JOIN users u ON u.id = a.user_id
        WHERE a.grade = 'provisional' AND a.date >= :since AND ${students}`,
      { since },
    ),
  ])
  return { corrections, provisional }
}

/** The classes of active students within a scope, in their order: X-2 before X-10. */
export async function listKelas(db: Db, scope: Scope): Promise<string[]> {
  const within = scopeSql(scope)
  const rows = await db.read(
    `SELECT DISTINCT u.kelas FROM users u WHERE u.role = 'user' AND u.is_active = 1 AND u.kelas IS NOT NULL
      AND u.approval = 'approved' AND ${within.sql}`,
    within.args,
  )
  const names = rows.map((row) => z.object({ kelas: z.string() }).parse(row).kelas)
  return names.sort((a, b) => a.localeCompare(b, undefined, { numeric: true }))
}

/** Work of the office alone: uploads to look at, and active kiosks silent since `silentSince` (ms). */
export async function countOfficeWork(
  db: Db,
  silentSince: number,
): Promise<{ uploads: number; kiosks_silent: number }> {
  const [uploads] = await db.read("SELECT count(*) AS count FROM face_uploads WHERE state = 'pending'")
  const [kiosks] = await db.read(
    `SELECT count(*) AS count FROM devices d CROSS JOIN kiosks k ON k.device_id = d.id
      WHERE d.kind = 'kiosk' AND d.status = 'active' AND coalesce(k.last_seen, 0) < :silentSince`,
    { silentSince },
  )
  return { uploads: countRow.parse(uploads).count, kiosks_silent: countRow.parse(kiosks).count }
}
