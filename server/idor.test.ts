import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENDPOINTS } from '../shared/contract/api/all.ts'
import { confirmReply, tokensReply } from '../shared/contract/auth.ts'
import type { Endpoint } from '../shared/contract/endpoint.ts'
import { exampleOf } from './test/example.ts'
import { openTestServer, PASSWORD, type TestServer } from './test/test-server.ts'
import { checkIn, enrol, makeStudent, type Student } from './test/test-student.ts'

/** Tables that hold something of a person, by the column that says whose it is. */
const OWNED = [
  ['users', 'id'],
  ['devices', 'user_id'],
  ['consents', 'user_id'],
  ['absensi', 'user_id'],
  ['izin_requests', 'user_id'],
  ['correction_requests', 'user_id'],
  ['corrections', 'user_id'],
  ['face_encodings', 'user_id'],
  ['liveness_checks', 'user_id'],
  ['tickets', 'user_id'],
] as const

/** Rows that name one object in their path, for callers who see only part of all people. */
const ROWS = ENDPOINTS.filter(({ params, who }) => params !== undefined && (who === 'user' || who === 'staff'))

describe('an object of somebody else', () => {
  let server: TestServer
  let siti: Student
  const ids = new Set<string>()
  beforeAll(async () => {
    server = await openTestServer()
    siti = await makeStudent(server, { nim: 'siti-1', kelas: 'X-1' })
    await makeStudent(server, { nim: 'budi-1', kelas: 'X-2' })
    const guru = await server.signedIn({ nim: 'guru-2', role: 'guru', kelas: null })
    const given = { sql: "INSERT INTO guru_kelas (user_id, kelas) VALUES (?, 'X-2')", args: [guru.user.id] }
    await server.deps.db.write([given])
    await enrol(server, siti)
    const { absensi } = await checkIn(server, siti)
    const asked = { kind: 'izin', from_date: '2026-11-10', until_date: '2026-11-11', reason: 'Keluarga' }
    expect((await server.call('/api/v1/izin', { body: asked, token: siti.token })).status).toBeLessThan(300)
    const wrong = { absensi_id: absensi.id, reason: 'Saya hadir tepat waktu' }
    await server.call('/api/v1/absensi/correction-requests', { body: wrong, token: siti.token })
    for (const [table, owner] of OWNED)
      for (const { id } of await server.deps.db.read(`SELECT id FROM ${table} WHERE ${owner} = ?`, [siti.id]))
        ids.add(String(id))
    ids.add(siti.nim)
  })
  afterAll(() => server?.close())

  const signIn = async (nim: string) => {
    const body = { nim, password: PASSWORD }
    const { access_token: token } = await server.ask(tokensReply, '/api/v1/auth/login', { body })
    const asked = { body: { password: PASSWORD }, token }
    const { confirmation } = await server.ask(confirmReply, '/api/v1/auth/confirm', asked)
    return { token, headers: { 'x-confirmation': confirmation } }
  }

  /** Everything stored of Siti. */
  const stored = async () => {
    const all: unknown[] = []
    for (const [table, owner] of OWNED)
      all.push(await server.deps.db.read(`SELECT * FROM ${table} WHERE ${owner} = ? ORDER BY rowid`, [siti.id]))
    return JSON.stringify(all, (_, value: unknown) =>
      value instanceof ArrayBuffer ? Buffer.from(value).toString('hex') : value,
    )
  }

  const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`

  it('has objects of every kind to be walked over', () => {
    expect(ids.size).toBeGreaterThanOrEqual(12)
    expect(ROWS.length).toBeGreaterThan(5)
  })

  it.each(ROWS.map((row) => [nameOf(row), row] as const))(
    '%s is not found, whatever of hers is named, and nothing of it changes',
    async (_, row) => {
      const before = await stored()
      // A body that is refused as such would hide what is looked for.
      if (row.body !== undefined) expect(row.body.safeParse(exampleOf(row.body)).error).toBeUndefined()
      for (const nim of ['budi-1', 'guru-2']) {
        const caller = await signIn(nim)
        for (const id of ids) {
          server.clock.now += 3000
          const path = row.path.replace(/\{\w+\}/g, encodeURIComponent(id))
          const reply = await server.call(`/api/v1${path}`, {
            method: row.method,
            ...(row.body === undefined ? {} : { body: exampleOf(row.body) }),
            ...caller,
          })
          const text = await reply.text()
          expect([400, 403, 404, 409], `${nim}: ${row.method} ${path} -> ${text}`).toContain(reply.status)
          expect(text, `${nim}: ${path}`).not.toContain('Siswa 1')
        }
      }
      expect(await stored()).toBe(before)
    },
  )
})
