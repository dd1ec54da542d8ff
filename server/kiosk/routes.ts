import { kioskApi } from '../../shared/contract/api/kiosk.ts'
import { fingerprintOf } from '../../shared/kiosk/fingerprint.ts'
import type { Deps } from '../deps.ts'
import { issueNonce, NONCE_SECONDS } from '../devices/proof.ts'
import { issueKioskTicket } from '../evidence/issue.ts'
import { endLeases } from '../evidence/leases/store.ts'
import type { Faces } from '../face/faces.ts'
import { byOf } from '../http/by.ts'
import { refuse } from '../http/problem.ts'
import { refuseMissing } from '../http/refuse-missing.ts'
import { done, type Serve } from '../http/serve.ts'
import { spellAll } from '../users/spell-kelas.ts'
import { type EvidenceReader, REAL_EVIDENCE } from './events/evidence-reader.ts'
import { serveKioskEvents } from './events/routes.ts'
import { describeMe, serverTime } from './me.ts'
import { readPin, setPin } from './offline/pin.ts'
import { serveKioskOffline } from './offline/routes.ts'
import { createPairings, NONCE_SUBJECT } from './pairing/pair.ts'
import { listPairings, type Pairing } from './pairing/store.ts'
import { serveKioskQueue } from './queue/routes.ts'
import { findClaimed } from './recognise.ts'
import { scanAttendance } from './scan.ts'
import { findKiosk, type Kiosk, listKiosks, moveKiosk, revokeKiosk } from './store.ts'

/** `/kiosk` and the kiosk's `/public/scan-attendance`. */
export function serveKiosk(serve: Serve, deps: Deps, faces: Faces, reader: EvidenceReader = REAL_EVIDENCE): void {
  const { db, audit, keyRing, now } = deps
  const pairings = createPairings(deps)
  const spell = async <P extends { kelas: string[] | null }>(place: P): Promise<P> => ({
    ...place,
    kelas: await spellAll(db, place.kelas),
  })

  serve(kioskApi.time, () => serverTime(deps))

  serve(kioskApi.nonce, async () => ({
    nonce: await issueNonce(keyRing, NONCE_SUBJECT, now()),
    expires_in: NONCE_SECONDS,
  }))

  serve(kioskApi.makePairing, async (c, { body }) => {
    const { id, code, expiresAt } = await pairings.make(byOf(c), await spell(body))
    return { pairing_id: id, code, expires_at: iso(expiresAt) }
  })

  serve(kioskApi.pairings, async () => ({ pairings: (await listPairings(db, now())).map(describePairing) }))

  serve(kioskApi.pair, async (c, { body }) => {
    const { id, claim, expiresAt } = await pairings.pair(body, c.get('address'))
    const fingerprint = fingerprintOf(claim?.deviceId ?? '')
    return { status: 'waiting' as const, pairing_id: id, fingerprint, expires_at: iso(expiresAt) }
  })

  serve(kioskApi.confirm, async (c, { params: { id }, body: { fingerprint } }) => ({
    kiosk: describeKiosk(await pairings.confirm(byOf(c), id, fingerprint)),
  }))

  serve(kioskApi.devices, async () => ({
    kiosks: (await listKiosks(db)).map(describeKiosk),
    has_pin: (await readPin(db)) !== null,
  }))

  serve(kioskApi.change, async (c, { params: { id }, body }) => {
    const before = (await findKiosk(db, id)) ?? refuse('not_found')
    const { label = before.label, room = before.room, kelas = before.kelas } = body
    const place = await spell({ label, room, kelas: kelas === null ? null : [...kelas] })
    const fields = (['kelas', 'label', 'room'] as const).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(place[name]),
    )
    if (fields.length > 0) {
      const line = { ...byOf(c), action: 'change_kiosk', entityType: 'device', entityId: id }
      await audit.write(moveKiosk(id, place), { ...line, details: { fields: fields.join(' ') } }).catch(refuseMissing)
    }
    return { kiosk: describeKiosk((await findKiosk(db, id)) ?? refuse('not_found')) }
  })

  serve(kioskApi.revoke, async (c, { params: { id } }) => {
    const line = { ...byOf(c), action: 'revoke_kiosk', entityType: 'device', entityId: id }
    await audit.write([...revokeKiosk(id, now()), endLeases(id, now())], line).catch(refuseMissing)
    return done(c, REVOKED)
  })

  serve(kioskApi.pin, async (c, { body: { pin } }) => {
    await setPin(deps, byOf(c), pin)
    return done(c, pin === null ? PIN_REMOVED : PIN_SET)
  })

  serve(kioskApi.me, async (c) => describeMe(deps, c.get('kiosk')))

  serve(kioskApi.tickets, async (c, { body: { nim } }) => {
    const kiosk = c.get('kiosk')
    // A NIM of nobody gets a ticket like any other: the answer comes after the face.
    const claimed = nim === undefined ? null : await findClaimed(deps, kiosk, nim)
    return issueKioskTicket(deps, faces.sealingKeys, kiosk.id, claimed)
  })

  serve(kioskApi.scanAttendance, async (c, { body }) => scanAttendance(c, deps, faces, body))

  serveKioskOffline(serve, deps, faces)
  serveKioskEvents(serve, deps, faces, reader)
  serveKioskQueue(serve, deps)
}

const iso = (time: number) => new Date(time).toISOString()

function describePairing({ id, label, room, kelas, claim, createdAt, expiresAt }: Pairing) {
  return {
    id,
    label,
    room,
    kelas: kelas === null ? null : [...kelas],
    state: claim === null ? ('open' as const) : ('waiting' as const),
    fingerprint: claim === null ? null : fingerprintOf(claim.deviceId),
    created_at: iso(createdAt),
    expires_at: iso(expiresAt),
  }
}

function describeKiosk({ id, label, room, kelas, status, createdAt, lastSeen, told }: Kiosk) {
  return {
    id,
    label,
    room,
    kelas: kelas === null ? null : [...kelas],
    status,
    fingerprint: fingerprintOf(id),
    created_at: iso(createdAt),
    last_seen: lastSeen === null ? null : iso(lastSeen),
    told: told === null ? null : { ...told, at: iso(told.at), oldest: told.oldest === null ? null : iso(told.oldest) },
  }
}

const PIN_SET = { id: 'PIN petugas sudah diganti.', en: 'The staff PIN has been changed.' }
const PIN_REMOVED = { id: 'PIN petugas sudah dihapus.', en: 'The staff PIN has been removed.' }
const REVOKED = { id: 'Kios sudah dicabut.', en: 'The kiosk has been shut out.' }
