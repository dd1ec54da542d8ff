import { randomUUID } from 'node:crypto'
import type { Status } from '../../shared/contract/absensi.ts'
import { FACE_MODELS } from '../../shared/face/model.ts'
import { openFaces } from '../face/faces.ts'
import { type Seeded, seedSchool } from '../seed/seed-school.ts'
import type { TestServer } from './test-server.ts'

/** The method by which a status usually comes about. */
const METHODS = { hadir: 'face', terlambat: 'face', izin: 'izin', sakit: 'izin', alfa: 'close' } as const

/** Writes an attendance down as if it had been recorded; without a `timestamp` (ms) at HH:MM on the wall of Jakarta. */
export async function putAttendance(
  server: TestServer,
  userId: string,
  row: {
    date?: string
    status?: Status
    session?: string
    time?: string
    timestamp?: number
    late?: number
    grade?: string
    method?: string
  } = {},
): Promise<string> {
  const {
    date = '2026-11-02',
    status = 'hadir',
    session = 'harian',
    time = '07:00',
    late = 0,
    grade = 'verified',
  } = row
  const { timestamp = Date.parse(`${date}T${time}:00+07:00`), method = METHODS[status] } = row
  const id = randomUUID()
  await server.deps.db.write([
    {
      sql: `INSERT INTO absensi (id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence, method,
        created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0.913, ?, ?)`,
      args: [id, userId, session, date, timestamp, status, grade, late, method, server.clock.now],
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
