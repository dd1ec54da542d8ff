import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AuditHead, auditReply, auditVerifyReply } from '../../shared/contract/audit.ts'
import { putAttendance } from '../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { readHeadFile, readSignedHead, signHead } from './head.ts'
import { eraseDetailsOf } from './store.ts'
import { verifyAudit } from './verify.ts'

let server: TestServer
let token: string
let adminId: string
beforeEach(async () => {
  server = await openTestServer()
  const { access_token, user } = await server.signedIn({ role: 'admin' })
  token = access_token
  adminId = user.id
})
afterEach(() => server.close())

const PATH = '/api/v1/admin/audit'
const list = (query = '') => server.ask(auditReply, `${PATH}${query}`, { token })
const verify = () => server.ask(auditVerifyReply, `${PATH}/verify`, { token })
const lineOf = (action: string, entityId = 'x') =>
  server.deps.audit.write([], { userId: adminId, action, entityType: 'thing', entityId, details: { n: 1 } })

it('is listed newest first, by page and by filter', async () => {
  server.clock.now -= 86_400_000
  await lineOf('first')
  server.clock.now += 86_400_000
  await lineOf('second', 'y')
  const { total, data } = await list('?limit=2')
  expect(data[0]?.action).toBe('second')
  expect(data[0]).toMatchObject({
    nim: '2026-1',
    created_at: '2026-11-02T07:00:00+07:00',
    details: { n: 1 },
    details_erased: false,
    entity_id: 'y',
  })
  expect((await list(`?limit=500&offset=2`)).data).toHaveLength(total - 2)
  const actions = async (query: string) => (await list(query)).data.map(({ action }) => action)
  expect(await actions('?action=first')).toEqual(['first'])
  expect(await actions('?entity_type=thing&entity_id=y')).toEqual(['second'])
  expect(await actions(`?user_id=${adminId}&from=2026-11-02&entity_type=thing`)).toEqual(['second'])
  expect(await actions('?until=2026-11-01')).toEqual(['first'])
  expect(await actions('?until=9999-12-31')).toEqual(await actions(''))
  expect(await actions('?from=2026-11-03')).toEqual([])
  expect(JSON.stringify(await list())).not.toMatch(/hash|salt|prev/)
  for (const query of ['?from=2026-02-30', '?limit=501', '?user_id=1', '?offset=-1'])
    expect((await server.refused(`${PATH}${query}`, { token })).code).toBe('bad_request')
})

it('names who and what a line is about, as long as they are there', async () => {
  const ani = await server.addUser({ name: 'Ani Lestari', kelas: 'X-1' })
  await putAttendance(server, ani.id, { date: '2026-10-29', status: 'hadir' })
  const [row] = await server.deps.db.read('SELECT id FROM absensi')
  const { audit } = server.deps
  await audit.write([], { userId: adminId, action: 'correct', entityType: 'absensi', entityId: String(row?.id) })
  await audit.write([], { userId: adminId, action: 'mark', entityType: 'session', entityId: 'harian' })
  const details = { user: ani.id, session: 'harian', note: 'x' }
  await audit.write([], { userId: null, action: 'take', entityType: 'kiosk_event', entityId: 'e', details })
  await audit.write([], { userId: null, action: 'act', entityType: 'user', entityId: ani.id })
  const told = async () =>
    (await list('?limit=4')).data.map(({ subject_id, named }) => [subject_id, named.map(({ name }) => name)])
  expect(await told()).toEqual([
    [ani.id, ['Ani Lestari']],
    [ani.id, expect.arrayContaining(['Ani Lestari', 'Harian'])],
    [null, ['Harian']],
    [ani.id, ['Ani Lestari']],
  ])
  expect((await list('?limit=1')).data[0]?.named).toEqual([{ id: ani.id, name: 'Ani Lestari', nim: ani.nim }])
  await server.deps.db.write([{ sql: 'DELETE FROM users WHERE id = ?', args: [ani.id] }])
  expect(await told()).toEqual([
    [ani.id, []],
    [ani.id, ['Harian']],
    [null, ['Harian']],
    [null, []],
  ])
})

it('is for admins', async () => {
  const guru = await server.signedIn({ role: 'guru' })
  for (const path of [PATH, `${PATH}/verify`]) {
    expect((await server.refused(path)).code).toBe('unauthenticated')
    expect((await server.refused(path, { token: guru.access_token })).code).toBe('forbidden')
  }
})

it('shows a line that was changed, removed, put in or cut off the end', async () => {
  const { db } = server.deps
  for (let i = 0; i < 5; i++) await lineOf('act', `${i}`)
  const { lines } = await verify()
  const all = await db.read('SELECT * FROM audit_logs')
  const columns = Object.keys(all[0] ?? {})
  const restore = async () => {
    const insert = `INSERT INTO audit_logs (${columns}) VALUES (${columns.map(() => '?')})`
    const rows = all.map((row) => ({ sql: insert, args: Object.values(row) as (string | number | null)[] }))
    await db.write([{ sql: 'DELETE FROM audit_logs' }, ...rows])
    expect(await verify()).toMatchObject({ whole: true, lines, broken_at: null })
  }
  const cases: [sql: string, brokenAt: number][] = [
    [`UPDATE audit_logs SET entity_id = 'z' WHERE seq = ${lines - 1}`, lines - 1],
    [`UPDATE audit_logs SET ip_address = '::1' WHERE seq = ${lines - 1}`, lines - 1],
    [`DELETE FROM audit_logs WHERE seq = ${lines - 1}`, lines],
    [
      `INSERT INTO audit_logs SELECT seq + 1, hash, 'new', key_version, user_id, action, entity_type, entity_id, details,
        ip_address, user_agent, details_salt, details_hash, created_at FROM audit_logs WHERE seq = ${lines}`,
      lines + 1,
    ],
    [`DELETE FROM audit_logs WHERE seq >= ${lines - 1}`, lines - 1],
    ['DELETE FROM audit_logs', 1],
  ]
  for (const [sql, brokenAt] of cases) {
    await db.write([{ sql }])
    const { broken_at, broken_place } = await verify()
    expect([sql, broken_at]).toEqual([sql, brokenAt])
    // Where the list shows it: newest first; what is gone is shown nowhere.
    const shown = (await list('')).data.findIndex(({ seq }) => seq === brokenAt)
    expect([sql, broken_place]).toEqual([sql, shown < 0 ? null : shown])
    await restore()
  }
})

it('is held to the head kept with the keys, and to heads kept elsewhere', async () => {
  const { db, keyRing } = server.deps
  await lineOf('act')
  const head = await signHead(db, keyRing, server.clock.now)
  await lineOf('later')
  const { head: signed } = await verify()
  expect(readSignedHead(signed, keyRing)?.seq).toBe(head.seq + 1)
  const kept = join(server.folder, 'keys', 'audit-head.json')
  expect(readHeadFile(kept, keyRing)?.seq).toBe(head.seq + 1)
  expect(readSignedHead({ ...head, seq: head.seq - 1 }, keyRing)).toBeNull()
  expect(readSignedHead({ ...head, mac: '' }, keyRing)).toBeNull()
  expect(readHeadFile(join(server.folder, 'none'), keyRing)).toBeNull()
  // Somebody with the keys rewrote the end: only a head kept elsewhere shows it.
  const other: AuditHead = { ...head, hash: 'x' }
  expect(await verifyAudit(server.deps, [other])).toEqual({ lines: head.seq - 1, brokenAt: head.seq })
  expect((await verifyAudit(server.deps, [head])).brokenAt).toBeNull()
  writeFileSync(kept, JSON.stringify({ ...head, seq: 1 }))
  expect(await verify()).toMatchObject({ broken_at: 1, head: null })
})

it('forgets details of one person, and stays whole', async () => {
  const { user } = await server.signedIn()
  await server.deps.audit.write([], { userId: user.id, action: 'hers', entityType: 'a', ipAddress: '192.0.2.7' })
  await lineOf('about', user.id)
  await lineOf('other')
  await server.deps.db.write(eraseDetailsOf(user.id))
  const { data } = await list('?limit=3')
  expect(data.map(({ details, ip_address, details_erased }) => [details, ip_address, details_erased])).toEqual([
    [{ n: 1 }, null, false],
    [null, null, true],
    [null, null, true],
  ])
  expect((await verify()).whole).toBe(true)
})

it('that is cut off while the server runs is noticed at the next line, and at every check since, also after a start', async () => {
  for (let i = 0; i < 5; i++) await lineOf(`act-${i}`)
  const [head] = await server.deps.db.read('SELECT max(seq) AS seq FROM audit_logs')
  const cut = Number(head?.seq) - 1
  await server.deps.db.write([{ sql: 'DELETE FROM audit_logs WHERE seq >= ?', args: [cut] }])
  for (let i = 0; i < 5; i++) await lineOf(`later-${i}`)
  expect(server.lines.filter((line) => line.includes('audit_broken'))).toHaveLength(1)
  expect(server.lines.join()).toContain(`"audit_broken","line":${cut}`)
  for (let i = 0; i < 2; i++) expect((await verify()).broken_at).toBe(cut + 1)
  expect((await verifyAudit(server.deps)).brokenAt).toBe(cut + 1)
})
