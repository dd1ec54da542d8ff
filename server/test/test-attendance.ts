import { randomUUID } from 'node:crypto'
import type { Status } from '../../shared/contract/absensi.ts'
import { FACE_MODELS } from '../../shared/face/model.ts'
import { openFaces } from '../face/faces.ts'
import { type Seeded, seedSchool } from '../seed/seed-school.ts'
import type { TestServer } from './test-server.ts'

/** Writes an attendance down, as whoever would; HH:MM on the wall of Jakarta. */
export async function putAttendance(
  server: TestServer,
  userId: string,
  date: string,
  status: Status,
  { time = '07:00', session = 'harian', late = 0, grade = 'verified' } = {},
): Promise<string> {
  const id = randomUUID()
  const method = { hadir: 'face', terlambat: 'face', izin: 'izin', sakit: 'izin', alfa: 'close' }[status]
  await server.deps.db.write([
    {
      sql: `INSERT INTO absensi (id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence, method,
        created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
      args: [id, userId, session, date, Date.parse(`${date}T${time}:00+07:00`), status, grade, late, 0.913, method],
    },
  ])
  return id
}

/** A signed-in guru with these classes. */
export async function signInGuru(server: TestServer, classes: readonly string[]): Promise<string> {
  const { access_token, user } = await server.signedIn({ role: 'guru', kelas: null })
  await server.deps.db.write(
    classes.map((kelas) => ({ sql: 'INSERT INTO guru_kelas VALUES (?, ?)', args: [user.id, kelas] })),
  )
  return access_token
}

/** A signed-in admin's token. */
export const signInAdmin = async (server: TestServer): Promise<string> =>
  (await server.signedIn({ role: 'admin', kelas: null })).access_token

/** Seeds a small made-up school that ends on the server's today. */
export async function seedSmall(server: TestServer, { students = 70, days = 12, faces = false } = {}): Promise<Seeded> {
  const opened = await openFaces(server.deps)
  try {
    const { db, audit, config, now } = server.deps
    const desk = { db, audit, vault: opened.vault, model: FACE_MODELS[0], timeZone: config.timeZone, now: now() }
    return await seedSchool(desk, { students, days, seed: 5, faces })
  } finally {
    opened.close()
  }
}
