import { afterEach, beforeEach, expect, it } from 'vitest'
import { withdrawReply } from '../../shared/contract/consent-ledger.ts'
import { CONSENT_VERSION, consentReply } from '../../shared/contract/consents.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'

let server: TestServer

beforeEach(async () => {
  server = await openTestServer()
})

afterEach(() => server.close())

const PATH = '/api/v1/consents'

it('is given once, with version and time, and withdrawn', async () => {
  const { access_token: token } = await server.signedIn()
  const none = { current_version: CONSENT_VERSION, consent: null }
  expect(await server.ask(consentReply, PATH, { token })).toEqual(none)
  const given = {
    current_version: CONSENT_VERSION,
    consent: { version: CONSENT_VERSION, given_at: '2026-11-02T00:00:00.000Z' },
  }
  expect(await server.ask(consentReply, PATH, { body: { version: CONSENT_VERSION }, token })).toEqual(given)
  server.clock.now += 60_000
  expect(await server.ask(consentReply, PATH, { body: { version: CONSENT_VERSION }, token })).toEqual(given)
  const withdrawn = await server.ask(withdrawReply, PATH, { method: 'DELETE', token })
  expect(withdrawn).toMatchObject({
    ...none,
    receipt: { at: '2026-11-02T00:01:00.000Z', destroyed: { data_key: true, encodings: 0, traces: 0, open_cases: 0 } },
  })
  const rows = await server.deps.db.read('SELECT given_at, withdrawn_at FROM consents')
  expect(rows).toEqual([{ given_at: server.clock.now - 60_000, withdrawn_at: server.clock.now }])
  const actions = await server.deps.db.read("SELECT action FROM audit_logs WHERE entity_type = 'consent' ORDER BY seq")
  expect(actions).toEqual([{ action: 'give_consent' }, { action: 'withdraw_consent' }])
})

it('is to the text in force only', async () => {
  const { access_token: token, user } = await server.signedIn()
  const old = {
    sql: "INSERT INTO consents (id, user_id, version, given_at) VALUES ('c', ?, '2020-01', 0)",
    args: [user.id],
  }
  await server.deps.db.write([old])
  expect((await server.ask(consentReply, PATH, { token })).consent).toBeNull()
  expect((await server.refused(PATH, { body: { version: '2020-01' }, token })).code).toBe('conflict')
  await server.ask(consentReply, PATH, { body: { version: CONSENT_VERSION }, token })
  expect(await server.deps.db.read('SELECT version FROM consents WHERE withdrawn_at IS NULL')).toEqual([
    { version: CONSENT_VERSION },
  ])
})

it('belongs to the one who is signed in', async () => {
  expect((await server.refused(PATH)).code).toBe('unauthenticated')
  const [a, b] = [await server.signedIn(), await server.signedIn()]
  await server.ask(consentReply, PATH, { body: { version: CONSENT_VERSION }, token: a.access_token })
  expect((await server.ask(consentReply, PATH, { token: b.access_token })).consent).toBeNull()
})
