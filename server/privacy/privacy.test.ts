import { afterEach, beforeEach, expect, it } from 'vitest'
import { exportReply } from '../../shared/contract/privacy.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { checkIn, enrol, makeStudent } from '../test/test-student.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(() => server.close())

const OWN = '/api/v1/me/export'

it('gives a person everything that is held on her, and nothing that only looks like her', async () => {
  const { deps } = server
  const ani = await makeStudent(server, { name: 'Ani' })
  const budi = await makeStudent(server, { name: 'Budi Lain' })
  const admin = await server.signedIn({ role: 'admin' })
  await enrol(server, ani)
  await checkIn(server, ani)
  const at = server.clock.now
  await deps.db.write([
    { sql: "UPDATE users SET email = 'ani@rumah.test', parent_email = 'ibu@rumah.test' WHERE id = ?", args: [ani.id] },
    {
      sql: `INSERT INTO izin_requests (id, user_id, kind, from_date, until_date, reason, state, decided_by, created_at)
        VALUES ('i', ?, 'sakit', '2026-11-03', '2026-11-04', 'demam', 'approved', ?, ?)`,
      args: [ani.id, admin.user.id, at],
    },
    {
      sql: `INSERT INTO corrections (id, absensi_id, user_id, by_user, reason, old_value, new_value, created_at)
        VALUES ('c', 'a', ?, ?, 'keliru', 'alfa', 'sakit', ?)`,
      args: [ani.id, admin.user.id, at],
    },
    {
      sql: `INSERT INTO correction_requests (id, user_id, session_id, date, status, reason, state, note, created_at)
        VALUES ('r', ?, 'harian', '2026-11-01', 'sakit', 'saya demam', 'refused', 'tanpa surat', ?)`,
      args: [ani.id, at],
    },
    {
      sql: `INSERT INTO face_uploads (id, user_id, by_user, model, state, qualities, created_at)
        VALUES ('u', ?, ?, 'dlib-1', 'refused', '[91,88]', ?)`,
      args: [ani.id, ani.id, at],
    },
    {
      sql: "INSERT INTO face_cases (id, user_id, other_user_id, state, created_at) VALUES ('f', ?, ?, 'two_people', ?)",
      args: [budi.id, ani.id, at],
    },
    {
      sql: `INSERT INTO kiosk_events (id, kiosk_id, event_id, clash, received_at, captured_at, trusted, nim, claim_id, person_id,
          result, reasons, state) VALUES ('k', 'k', 'k', 0, :at, :at, 1, :nim, :ani, NULL, 'review', '["not_claimed"]', 'waiting'),
          ('l', 'k', 'l', 0, :at, :at, 1, :other, :budi, :budi, 'hadir', '[]', 'done')`,
      args: { at, nim: ani.nim, ani: ani.id, other: budi.nim, budi: budi.id },
    },
  ])
  await deps.audit.write([], {
    userId: admin.user.id,
    action: 'looked',
    entityType: 'user',
    entityId: ani.id,
    details: { note: 'her-business' },
    ipAddress: '198.51.100.9',
  })
  await server.call('/api/v1/absensi/code', { body: {}, token: ani.token })
  const all = await server.ask(exportReply, OWN, { token: ani.token })
  expect(all.profile).toMatchObject({
    id: ani.id,
    name: 'Ani',
    has_face: true,
    email: 'ani@rumah.test',
    parent_email: 'ibu@rumah.test',
    email_confirmed: false,
  })
  expect(all.devices.map(({ id }) => id)).toEqual([ani.device.id])
  expect(all.consents).toMatchObject([{ kind: 'self', source: 'app' }])
  expect(all.face.map(({ pose }) => pose)).toEqual(['front', 'left', 'right'])
  expect(all.absensi).toMatchObject([
    { status: 'hadir', date: '2026-11-02', session: 'harian', ip_address: '192.0.2.1' },
  ])
  expect(all.izin).toMatchObject([{ kind: 'sakit', reason: 'demam' }])
  expect(all.corrections).toMatchObject([{ reason: 'keliru', by: 'other' }])
  expect(all.correction_requests).toMatchObject([{ reason: 'saya demam', state: 'refused', note: 'tanpa surat' }])
  expect(all.face_uploads).toMatchObject([{ state: 'refused', qualities: [91, 88] }])
  expect(all.face_cases).toMatchObject([{ state: 'two_people' }])
  expect(all.liveness_checks).toHaveLength(2)
  expect(Object.keys(all.liveness_checks[0]?.signals ?? {}).length).toBeGreaterThan(2)
  expect(all.kiosk_events).toMatchObject([{ nim: ani.nim, reasons: ['not_claimed'], state: 'waiting' }])
  expect(all.presence_codes).toEqual([
    { created_at: expect.any(String), expires_at: expect.any(String), outcome: null },
  ])
  expect(all.sign_ins).toHaveLength(1)
  expect(all.audit.find(({ action }) => action === 'looked')).toMatchObject({
    by: 'other',
    details: null,
    ip_address: null,
  })
  expect(all.audit.find(({ action }) => action === 'register_face')).toMatchObject({
    by: 'self',
    ip_address: '192.0.2.1',
  })

  const text = JSON.stringify(all)
  for (const foreign of [budi.id, 'Budi Lain', budi.nim, admin.user.id, 'her-business', '198.51.100.9'])
    expect(text).not.toContain(foreign)
  const secrets = await deps.db.read(
    `SELECT password_hash AS secret FROM users WHERE password_hash IS NOT NULL UNION ALL SELECT token_hash FROM refresh_tokens
      UNION ALL SELECT trace_hash FROM liveness_checks UNION ALL SELECT hash FROM audit_logs
      UNION ALL SELECT jwk ->> 'x' FROM devices UNION ALL SELECT hex(encoding_data) FROM face_encodings`,
  )
  expect(secrets.length).toBeGreaterThan(10)
  for (const { secret } of secrets) expect(text).not.toContain(String(secret))
  expect(text).not.toMatch(/encoding_data|trace_hash|password|capture|"jwk/)
})

it('is given to the person or by the office, and leaves a line', async () => {
  const ani = await makeStudent(server)
  const path = `/api/v1/admin/users/${ani.id}/export`
  const admin = await server.signedIn({ role: 'admin' })
  const guru = await server.signedIn({ role: 'guru' })
  expect((await server.ask(exportReply, path, { token: admin.access_token })).profile.id).toBe(ani.id)
  for (const token of [guru.access_token, ani.token])
    expect((await server.refused(path, { token })).code).toBe('forbidden')
  expect((await server.refused(OWN)).code).toBe('unauthenticated')
  const none = `/api/v1/admin/users/${crypto.randomUUID()}/export`
  expect((await server.refused(none, { token: admin.access_token })).code).toBe('not_found')
  expect((await server.refused('/api/v1/admin/users/1/export', { token: admin.access_token })).code).toBe('bad_request')
  const lines = await server.deps.db.read("SELECT user_id, entity_id FROM audit_logs WHERE action = 'export_data'")
  expect(lines).toEqual([{ user_id: admin.user.id, entity_id: ani.id }])
})
