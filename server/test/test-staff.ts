import { randomUUID } from 'node:crypto'
import type { Status } from '../../shared/contract/absensi.ts'
import type { TestServer } from './test-server.ts'

/** A signed-in admin. */
export async function makeAdmin(server: TestServer): Promise<{ id: string; token: string }> {
  const { access_token: token, user } = await server.signedIn({ role: 'admin', kelas: null })
  return { id: user.id, token }
}

/** A signed-in teacher of some classes. */
export async function makeGuru(server: TestServer, ...kelas: string[]): Promise<{ id: string; token: string }> {
  const { access_token: token, user } = await server.signedIn({ role: 'guru', kelas: null })
  await server.deps.db.write(
    kelas.map((one) => ({ sql: 'INSERT INTO guru_kelas (user_id, kelas) VALUES (?, ?)', args: [user.id, one] })),
  )
  return { id: user.id, token }
}

/** Puts an attendance into the database as if it had been recorded, in the session made with it. */
export async function putAttendance(
  server: TestServer,
  userId: string,
  row: { date?: string; status?: Status; grade?: string; session?: string; method?: string; timestamp?: number } = {},
): Promise<string> {
  const id = randomUUID()
  const now = server.clock.now
  await server.deps.db.write([
    {
      sql: `INSERT INTO absensi (id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence, method,
        created_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0.9, ?, ?)`,
      args: [
        id,
        userId,
        row.session ?? 'harian',
        row.date ?? '2026-11-02',
        row.timestamp ?? now,
        row.status ?? 'hadir',
        row.grade ?? 'verified',
        row.method ?? 'face',
        now,
      ],
    },
  ])
  return id
}

/** What is recorded of a user: date, session, status and method, oldest first. */
export async function readRows(server: TestServer, userId: string): Promise<unknown[]> {
  return server.deps.db.read(
    'SELECT date, session_id, status, method FROM absensi WHERE user_id = ? ORDER BY date, session_id',
    [userId],
  )
}
