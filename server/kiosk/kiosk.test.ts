import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  kioskMeReply,
  kioskReply,
  kiosksReply,
  makePairingReply,
  pairingsReply,
  pairReply,
} from '../../shared/contract/kiosk.ts'
import { rosterReply } from '../../shared/contract/kiosk-offline.ts'
import { fingerprintOf } from '../../shared/kiosk/fingerprint.ts'
import { makeKiosk, pairBody, signCall } from '../test/test-kiosk.ts'
import { makeDevice, openTestServer, proveDevice, registerDevice, type TestServer } from '../test/test-server.ts'

let server: TestServer
let admin: string
beforeEach(async () => {
  server = await openTestServer()
  admin = (await server.signedIn({ role: 'admin' })).access_token
})
afterEach(() => server.close())

const PAIRINGS = '/api/v1/kiosk/pairings'
const PAIR = '/api/v1/kiosk/pair'
const ME = '/api/v1/kiosk/me'
const about = { label: 'Gerbang', room: 'Lobi', kelas: ['X-1', 'X-2'] }
const makeCode = () => server.ask(makePairingReply, PAIRINGS, { body: about, token: admin })
const confirm = (id: string, fingerprint: string) => ({
  path: `${PAIRINGS}/${id}/confirm`,
  call: { body: { fingerprint }, token: admin },
})

describe('pairing', () => {
  it('lets a kiosk in by code and fingerprint, with its room and classes', async () => {
    const kiosk = await makeDevice()
    const { code, pairing_id } = await makeCode()
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
    const list = async () => (await server.ask(pairingsReply, PAIRINGS, { token: admin })).pairings
    expect(await list()).toMatchObject([{ id: pairing_id, state: 'open', fingerprint: null, room: 'Lobi' }])
    const body = await pairBody(server, kiosk, code.toLowerCase().replace('-', ' '))
    const waiting = await server.ask(pairReply, PAIR, { body })
    expect(waiting).toMatchObject({ status: 'waiting', pairing_id, fingerprint: fingerprintOf(kiosk.id) })
    expect(await server.ask(pairReply, PAIR, { body })).toEqual(waiting)
    expect(await list()).toMatchObject([{ state: 'waiting', fingerprint: waiting.fingerprint }])
    expect((await server.refused(ME, await signCall(server, kiosk, ME))).code).toBe('unauthenticated')

    const { path, call } = confirm(pairing_id, waiting.fingerprint.toLowerCase())
    const { kiosk: paired } = await server.ask(kioskReply, path, call)
    expect(paired).toMatchObject({ id: kiosk.id, status: 'active', kelas: ['X-1', 'X-2'], last_seen: null })
    expect(await list()).toEqual([])
    expect((await server.refused(path, call)).code).toBe('not_found')
    expect((await server.refused(PAIR, { body })).code).toBe('wrong_code')
    const me = await server.ask(kioskMeReply, ME, await signCall(server, kiosk, ME))
    expect(me).toMatchObject({
      kiosk: { id: kiosk.id, label: 'Gerbang', room: 'Lobi', kelas: ['X-1', 'X-2'] },
      epoch_ms: server.clock.now,
      settings: { school_name: 'Sekolah', public_privacy: 'off' },
    })
    const { kiosks } = await server.ask(kiosksReply, '/api/v1/kiosk/devices', { token: admin })
    expect(kiosks).toMatchObject([{ id: kiosk.id, last_seen: '2026-11-02T00:00:00.000Z' }])
    const rows = JSON.stringify(await server.deps.db.read('SELECT * FROM kiosk_pairings'))
    expect(rows).not.toContain(code)
    expect(rows).not.toContain(code.replace('-', ''))
  })

  it('lets the first kiosk of two in, and the one whose fingerprint was compared', async () => {
    const [kiosk, other] = [await makeDevice(), await makeDevice()]
    const { code, pairing_id } = await makeCode()
    const { path } = confirm(pairing_id, '')
    const early = confirm(pairing_id, fingerprintOf(kiosk.id)).call
    expect((await server.refused(path, early)).code).toBe('conflict')
    const [first, second] = await Promise.all(
      [kiosk, other].map(async (one) => server.call(PAIR, { body: await pairBody(server, one, code) })),
    )
    expect([first?.status, second?.status].sort()).toEqual([202, 401])
    const [winner, loser] = first?.status === 202 ? [kiosk, other] : [other, kiosk]
    expect((await server.refused(path, confirm(pairing_id, fingerprintOf(loser.id)).call)).code).toBe('conflict')
    const both = await Promise.all(
      [1, 2].map(() => server.call(path, confirm(pairing_id, fingerprintOf(winner.id)).call)),
    )
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('ends a code after ten minutes, five tries, five wrong ones of an address', async () => {
    const kiosk = await makeDevice()
    const { code } = await makeCode()
    const wrongProof = { code, jwk: kiosk.jwk, proof: await proveDevice(await makeDevice(), 'x') }
    for (let i = 0; i < 5; i++) expect((await server.refused(PAIR, { body: wrongProof })).code).toBe('wrong_device')
    expect((await server.refused(PAIR, { body: await pairBody(server, kiosk, code) })).code).toBe('wrong_code')

    const next = await makeCode()
    server.clock.now += 600_001
    expect((await server.refused(PAIR, { body: await pairBody(server, kiosk, next.code) })).code).toBe('wrong_code')

    const third = await makeCode()
    const guess = { ...(await pairBody(server, kiosk, 'AAAAA-AAAAA')) }
    const address = '192.0.2.77'
    for (let i = 0; i < 5; i++) expect((await server.refused(PAIR, { body: guess, address })).code).toBe('wrong_code')
    const body = await pairBody(server, kiosk, third.code)
    expect((await server.refused(PAIR, { body, address })).code).toBe('slow_down')
    expect((await server.ask(pairReply, PAIR, { body })).status).toBe('waiting')
  })

  it('moves a kiosk to another place: it hears of it at once, and knows whom it knows by it', async () => {
    const kiosk = await makeKiosk(server, admin)
    await server.addUser({ kelas: 'XI-2', name: 'Dewi' })
    const path = `/api/v1/kiosk/devices/${kiosk.id}`
    const put = (body: unknown, token = admin) => server.ask(kioskReply, path, { method: 'PUT', body, token })
    const place = { label: 'Lab', room: 'Lantai 2', kelas: ['xi-2'] }
    expect((await put(place)).kiosk).toMatchObject({ id: kiosk.id, ...place, kelas: ['XI-2'] })
    const me = await server.ask(kioskMeReply, ME, await signCall(server, kiosk, ME))
    expect(me.kiosk).toEqual({ id: kiosk.id, ...place, kelas: ['XI-2'] })
    const roster = '/api/v1/kiosk/roster'
    const { students } = await server.ask(rosterReply, roster, await signCall(server, kiosk, roster))
    expect(students.map(({ name }) => name)).toEqual(['Dewi'])
    expect((await put({ ...place, room: 'Aula', kelas: null })).kiosk).toMatchObject({ room: 'Aula', kelas: null })
    await put({ ...place, room: 'Aula', kelas: null })
    // Two admins at once: what one does not say stays as the other made it.
    expect((await put({ label: 'Lab 2' })).kiosk).toMatchObject({ label: 'Lab 2', room: 'Aula', kelas: null })
    const lines = await server.deps.db.read("SELECT details FROM audit_logs WHERE action = 'change_kiosk'")
    expect(lines.map(({ details }) => details)).toEqual([
      '{"fields":"kelas label room"}',
      '{"fields":"kelas room"}',
      '{"fields":"label"}',
    ])

    for (const wrong of [{ ...place, kelas: [] }, { ...place, label: ' ' }, { room: 12 }])
      expect((await server.refused(path, { method: 'PUT', body: wrong, token: admin })).code).toBe('bad_request')
    const phone = (await makeDevice()).id
    const nobody = await server.refused(`/api/v1/kiosk/devices/${phone}`, { method: 'PUT', body: place, token: admin })
    expect(nobody.code).toBe('not_found')
    await server.call(path, { method: 'DELETE', token: admin })
    expect((await server.refused(path, { method: 'PUT', body: place, token: admin })).code).toBe('not_found')
  })

  it("takes no student's phone, and is for admins", async () => {
    const { access_token: token } = await server.signedIn()
    const phone = await makeDevice()
    await registerDevice(server, phone, token)
    const { code } = await makeCode()
    expect((await server.refused(PAIR, { body: await pairBody(server, phone, code) })).code).toBe('wrong_device')
    const guru = (await server.signedIn({ role: 'guru' })).access_token
    for (const who of [token, guru]) {
      expect((await server.refused(PAIRINGS, { body: about, token: who })).code).toBe('forbidden')
      expect((await server.refused('/api/v1/kiosk/devices', { token: who })).code).toBe('forbidden')
    }
    expect((await server.refused(PAIRINGS, { body: { ...about, kelas: [] }, token: admin })).code).toBe('bad_request')
  })

  it('shuts a kiosk out at once, and never takes its key again', async () => {
    const kiosk = await makeKiosk(server, admin)
    const path = `/api/v1/kiosk/devices/${kiosk.id}`
    expect((await server.call(ME, await signCall(server, kiosk, ME))).status).toBe(200)
    expect((await server.call(path, { method: 'DELETE', token: admin })).status).toBe(200)
    expect((await server.refused(ME, await signCall(server, kiosk, ME))).code).toBe('unauthenticated')
    expect((await server.refused(path, { method: 'DELETE', token: admin })).code).toBe('not_found')
    const { code } = await makeCode()
    expect((await server.refused(PAIR, { body: await pairBody(server, kiosk, code) })).code).toBe('wrong_device')
    const { kiosks } = await server.ask(kiosksReply, '/api/v1/kiosk/devices', { token: admin })
    expect(kiosks).toMatchObject([{ id: kiosk.id, status: 'revoked' }])
  })
})

describe('a signed request', () => {
  it('is not called a stranger where the database fails', async () => {
    const kiosk = await makeKiosk(server, admin)
    const call = await signCall(server, kiosk, ME)
    const read = vi.spyOn(server.deps.db, 'read').mockRejectedValue(new Error('gone'))
    const { status } = await server.call(ME, call)
    read.mockRestore()
    expect(status).toBe(500)
    expect((await server.call(ME, call)).status).toBe(200)
  })

  it('is good for its method, address, body and minute, once, by the key of our table', async () => {
    const [kiosk, other] = [await makeKiosk(server, admin), await makeDevice()]
    const seconds = Math.floor(server.clock.now / 1000)
    const bad = {
      'another key': { signWith: other },
      'another key in the header': { signWith: other, header: { jwk: other.jwk } },
      'an unknown kiosk': { signWith: other, header: { kid: other.id } },
      'an object for a kiosk': { signWith: other, header: { kid: { a: 1 } } },
      'another type': { header: { typ: 'JWT' } },
      'another method': { claims: { htm: 'POST' } },
      'another path': { claims: { htu: 'http://localhost/api/v1/kiosk/tickets' } },
      'another host': { claims: { htu: `http://example.com${ME}` } },
      'another body': { claims: { body_sha256: 'A'.repeat(43) } },
      'no body hash': { claims: { body_sha256: undefined } },
      'an old one': { claims: { iat: seconds - 61 } },
      'one of the future': { claims: { iat: seconds + 61 } },
      'a short id': { claims: { jti: 'x' } },
    }
    for (const [name, options] of Object.entries(bad)) {
      const problem = await server.refused(ME, await signCall(server, kiosk, ME, {}, options))
      expect([name, problem.code]).toEqual([name, 'unauthenticated'])
    }
    const call = await signCall(server, kiosk, ME)
    expect((await server.call(ME, call)).status).toBe(200)
    expect((await server.refused(ME, call)).code).toBe('unauthenticated')
    const tickets = '/api/v1/kiosk/tickets'
    const signed = await signCall(server, kiosk, tickets, { body: {} })
    expect((await server.refused(tickets, { ...signed, body: '{"nim":"1"}' })).code).toBe('unauthenticated')
    expect((await server.call(tickets, await signCall(server, kiosk, tickets, { body: {} }))).status).toBe(201)
    expect((await server.refused(ME, { token: admin })).code).toBe('unauthenticated')
    expect((await server.refused('/api/v1/auth/me', await signCall(server, kiosk, '/api/v1/auth/me'))).code).toBe(
      'unauthenticated',
    )
  })

  it('counts against the kiosk and not against the address; a made-up one against the address', async () => {
    const [kiosk, other] = [await makeKiosk(server, admin), await makeDevice()]
    const address = '192.0.2.9'
    const good = await signCall(server, kiosk, ME)
    for (let i = 0; i < 600; i++) await server.call(ME, { ...good, address })
    expect((await server.refused(ME, { ...(await signCall(server, kiosk, ME)), address })).code).toBe('slow_down')
    expect((await server.call('/api/v1/kiosk/time', { address })).status).toBe(200)
    const forged = await signCall(server, kiosk, ME, {}, { signWith: other })
    for (let i = 0; i < 599; i++) await server.call(ME, { ...forged, address })
    expect((await server.refused('/api/v1/kiosk/time', { address })).code).toBe('slow_down')
  })
})
