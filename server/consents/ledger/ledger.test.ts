import { afterEach, beforeEach, expect, it } from 'vitest'
import { confirmReply } from '../../../shared/contract/auth.ts'
import {
  bulkConsentsReply,
  consentHistoryReply,
  consentsReply,
  withdrawForReply,
} from '../../../shared/contract/consent-ledger.ts'
import { CONSENT_VERSION, consentReply } from '../../../shared/contract/consents.ts'
import { schoolSettingsSchema } from '../../../shared/contract/settings.ts'
import { putSchoolSettings } from '../../settings/store.ts'
import { openTestServer, PASSWORD, type TestServer } from '../../test/test-server.ts'
import { checkIn, checkInBody, enrol, makeStudent } from '../../test/test-student.ts'

let server: TestServer
let token: string
beforeEach(async () => {
  server = await openTestServer()
  token = (await server.signedIn({ role: 'admin', kelas: null })).access_token
})
afterEach(() => server.close())

const LIST = '/api/v1/admin/consents'
const BULK = `${LIST}/bulk`
const wantGuardians = () =>
  server.deps.db.write([putSchoolSettings(schoolSettingsSchema.parse({ guardian_consent: true }), server.clock.now)])
const papers = (consents: object[], version = CONSENT_VERSION) => ({ body: { version, consents }, token })
const guardianOf = (nim: string, given_on = '2026-11-01') => ({ nim, kind: 'guardian', given_on })
const states = async (query = '') =>
  Object.fromEntries(
    (await server.ask(consentsReply, `${LIST}${query}`, { token })).data.map(({ nim, state }) => [nim, state]),
  )

it('asks for a guardian’s consent too where the school takes everybody for a minor', async () => {
  const ani = await makeStudent(server)
  await enrol(server, ani)
  const body = await checkInBody(server, ani)
  await wantGuardians()
  const ticket = { body: { purpose: 'enrol', device_id: ani.device.id }, token: ani.token }
  expect((await server.refused('/api/v1/absensi/submit', { body, token: ani.token })).code).toBe('consent_required')
  expect((await server.refused('/api/v1/face/tickets', ticket)).code).toBe('consent_required')
  expect(await server.ask(consentReply, '/api/v1/consents', { token: ani.token })).toMatchObject({
    consent: { version: CONSENT_VERSION },
    guardian: { wanted: true, consent: null },
  })
  expect(await states('?kelas=X-1')).toEqual({ [ani.nim]: 'guardian_missing' })
  await server.ask(bulkConsentsReply, BULK, papers([guardianOf(ani.nim)]))
  expect(await states('?kelas=X-1')).toEqual({ [ani.nim]: 'complete' })
  expect((await checkIn(server, ani)).absensi.status).toBe('hadir')
  const guru = await server.signedIn({ role: 'guru' })
  await server.ask(consentReply, '/api/v1/consents', { body: { version: CONSENT_VERSION }, token: guru.access_token })
  expect((await states())[guru.user.nim]).toBe('complete')
})

it('keeps no face in a gallery whose guardian has not consented', async () => {
  const [ani, budi] = [await makeStudent(server), await makeStudent(server)]
  await enrol(server, ani)
  await enrol(server, budi)
  await wantGuardians()
  await server.ask(bulkConsentsReply, BULK, papers([guardianOf(ani.nim)]))
  const members = await server.deps.db.read('SELECT count(DISTINCT user_id) AS faces FROM face_encodings')
  expect(members).toEqual([{ faces: 2 }])
  const body = await checkInBody(server, ani, budi.person)
  // Budi is nobody's rival, and nobody is taken for him: the probe is simply not Ani.
  expect((await server.refused('/api/v1/absensi/submit', { body, token: ani.token })).code).toBe('not_matched')
  const { confirmation } = await confirm()
  const withdraw = { body: { user_id: ani.id, kind: 'guardian' }, token, headers: { 'x-confirmation': confirmation } }
  const { receipt } = await server.ask(withdrawForReply, `${LIST}/withdraw`, withdraw)
  expect(receipt.destroyed).toEqual({ data_key: true, encodings: 3, traces: 2, open_cases: 0 })
  const [line] = await server.deps.db.read("SELECT details FROM audit_logs WHERE action = 'withdraw_consent'")
  expect(String(line?.details)).toContain(receipt.id)
  expect(await states('?state=guardian_missing')).toEqual({
    [ani.nim]: 'guardian_missing',
    [budi.nim]: 'guardian_missing',
  })
  expect(await server.deps.db.read('SELECT DISTINCT user_id FROM face_encodings')).toEqual([{ user_id: budi.id }])
})

const confirm = () => server.ask(confirmReply, '/api/v1/auth/confirm', { body: { password: PASSWORD }, token })

it('enters consents on paper, each once, and brings none back that was withdrawn since', async () => {
  const [ani, budi] = [await server.signedIn(), await server.signedIn()]
  const own = (nim: string, given_on = '2026-11-02') => ({ nim, kind: 'self', given_on })
  await server.deps.db.write([
    {
      sql: "INSERT INTO consents (id, user_id, version, given_at) VALUES ('old', ?, '2020-01', 0)",
      args: [ani.user.id],
    },
  ])
  const list = [own(ani.user.nim), own(ani.user.nim), guardianOf(ani.user.nim), own(budi.user.nim), own('nobody')]
  expect(await server.ask(bulkConsentsReply, BULK, papers(list))).toEqual({
    recorded: 3,
    unchanged: 1,
    unknown: ['nobody'],
    withdrawn_since: [],
  })
  await server.call('/api/v1/consents', { method: 'DELETE', token: budi.access_token })
  expect(await server.ask(bulkConsentsReply, BULK, papers(list))).toMatchObject({
    recorded: 0,
    unchanged: 3,
    withdrawn_since: [budi.user.nim],
  })
  server.clock.now += 40 * 60_000
  expect(await states()).toMatchObject({ [ani.user.nim]: 'complete', [budi.user.nim]: 'withdrawn' })
  const { consents } = await server.ask(consentHistoryReply, '/api/v1/consents/history', { token: ani.access_token })
  expect(consents.map(({ kind, version, source, withdrawn_at }) => [kind, version, source, withdrawn_at])).toEqual([
    ['self', CONSENT_VERSION, 'paper', null],
    ['guardian', CONSENT_VERSION, 'paper', null],
    ['self', '2020-01', 'app', '2026-11-02T00:00:00.000Z'],
  ])
  expect(consents[0]?.given_at).toBe('2026-11-01T17:00:00.000Z')
})

it('takes no paper of tomorrow, to another text, or without end', async () => {
  const { nim } = (await server.signedIn()).user
  const tomorrow = await server.refused(BULK, papers([guardianOf(nim, '2026-11-03')]))
  expect(tomorrow).toMatchObject({ code: 'bad_request', fields: [{ path: 'consents.0.given_on' }] })
  expect((await server.refused(BULK, papers([guardianOf(nim)], '2020-01'))).code).toBe('conflict')
  expect((await server.refused(BULK, papers([]))).code).toBe('bad_request')
  expect((await server.refused(BULK, papers([{ ...guardianOf(nim), kind: 'uncle' }]))).code).toBe('bad_request')
  expect((await server.refused(BULK, papers(Array(2001).fill(guardianOf(nim))))).code).toBe('bad_request')
})

it('is the office’s, and one’s own history only one’s own', async () => {
  const guru = await server.signedIn({ role: 'guru' })
  const withdraw = { body: { user_id: guru.user.id, kind: 'self' } }
  for (const [path, call] of [
    [LIST, {}],
    [BULK, papers([guardianOf('1')])],
    [`${LIST}/withdraw`, withdraw],
  ] as const)
    expect((await server.refused(path, { ...call, token: guru.access_token })).code).toBe('forbidden')
  expect((await server.refused(`${LIST}/withdraw`, { ...withdraw, token })).code).toBe('confirm_password')
  const headers = { 'x-confirmation': (await confirm()).confirmation }
  const unknown = { body: { user_id: crypto.randomUUID(), kind: 'self' }, token, headers }
  expect((await server.refused(`${LIST}/withdraw`, unknown)).code).toBe('not_found')
  expect((await server.refused('/api/v1/consents/history')).code).toBe('unauthenticated')
  const ani = await makeStudent(server)
  expect(
    (await server.ask(consentHistoryReply, '/api/v1/consents/history', { token: ani.token })).consents,
  ).toHaveLength(1)
  const history = await server.ask(consentHistoryReply, '/api/v1/consents/history', { token: guru.access_token })
  expect(history.consents).toEqual([])
})
