import { createHmac, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import type { PublicJwk } from '../../../shared/contract/capture.ts'
import { fingerprintOf } from '../../../shared/kiosk/fingerprint.ts'
import { drawLetters, readLetters, showLetters } from '../../auth/code.ts'
import { isConflict } from '../../db/write.ts'
import type { Deps } from '../../deps.ts'
import { proves } from '../../devices/proof.ts'
import { addressBucket } from '../../http/address.ts'
import type { By } from '../../http/by.ts'
import type { KeyRing } from '../../http/keys.ts'
import { spend } from '../../http/limits/limits.ts'
import { refuse } from '../../http/problem.ts'
import { findKiosk, insertKiosk, isKnownKey, type Kiosk } from '../store.ts'
import {
  claimPairing,
  confirmPairing,
  findPairing,
  findPairingByCode,
  insertPairing,
  type Pairing,
  takeTry,
} from './store.ts'

/** A code lives for ten minutes, and so does what an admin has to confirm. */
const LIFETIME_MS = 600_000
/** Tries of a right code, and wrong codes of one address in ten minutes. */
const TRIES = 5
/** What a kiosk's nonce is issued to, in the place of a user's id. */
export const NONCE_SUBJECT = 'kiosk'

export interface Pairings {
  /** A code for one new kiosk. */
  make(
    by: By,
    kiosk: { label: string; room: string; kelas: string[] | null },
  ): Promise<{ id: string; code: string; expiresAt: number }>
  /**
   * A kiosk comes with the code: it waits for an admin. The same key again gets the same answer. Everything wrong with the
   * code is wrong_code (expired, used, another kiosk came first), with the key wrong_device.
   */
  pair(request: { code: string; jwk: PublicJwk; proof: string }, address: string): Promise<Pairing>
  /** Lets the kiosk in whose fingerprint the admin has compared; conflict for another one, or one let in already. */
  confirm(by: By, id: string, fingerprint: string): Promise<Kiosk>
}

/** Pairing; wrong codes are counted by address. */
export function createPairings({ db, audit, keyRing, limits, now }: Deps): Pairings {
  const wrongCodes = limits.make('pairing-code', { limit: TRIES, windowMs: LIFETIME_MS })

  return {
    make: async (by, kiosk) => {
      const [id, letters, expiresAt] = [randomUUID(), drawLetters(), now() + LIFETIME_MS]
      const keyVersion = keyRing.current
      const codeHmac = hmacOf(keyRing, keyVersion, letters)
      const row = { id, ...kiosk, codeHmac, keyVersion, byUser: by.userId, expiresAt }
      await audit.write(insertPairing(row, now()), {
        ...by,
        action: 'make_kiosk_pairing',
        entityType: 'kiosk_pairing',
        entityId: id,
      })
      return { id, code: showLetters(letters), expiresAt }
    },

    pair: async ({ code, jwk, proof }, address) => {
      await spend(wrongCodes, addressBucket(address))
      const letters = readLetters(code)
      const hmacs = keyRing.versions.map((version) => hmacOf(keyRing, version, letters))
      const pairing = await findPairingByCode(db, hmacs, TRIES, now())
      if (pairing === null) return refuse('wrong_code')
      await wrongCodes.giveBack(addressBucket(address))
      await orRefuse('wrong_code', db.write(takeTry(pairing.id, TRIES)))
      if (!(await proves(keyRing, { jwk, proof, userId: NONCE_SUBJECT, now: now() }))) refuse('wrong_device')
      const deviceId = await calculateJwkThumbprint(jwk, 'sha256')
      if (pairing.claim?.deviceId === deviceId) return pairing
      if (pairing.claim !== null) refuse('wrong_code')
      // A key that was shut out, or is a phone's, is not taken.
      if (await isKnownKey(db, deviceId)) refuse('wrong_device')
      const claim = { deviceId, jwk, expiresAt: now() + LIFETIME_MS }
      const line = {
        userId: null,
        action: 'pair_kiosk',
        entityType: 'kiosk_pairing',
        entityId: pairing.id,
        ipAddress: address,
      }
      await orRefuse(
        'wrong_code',
        audit.write(claimPairing(pairing.id, claim, now()), { ...line, details: { device: deviceId } }),
      )
      return { ...pairing, claim, expiresAt: claim.expiresAt }
    },

    confirm: async (by, id, fingerprint) => {
      const pairing = await findPairing(db, id, now())
      if (pairing === null) return refuse('not_found')
      const { claim, label, room, kelas } = pairing
      if (claim === null || readLetters(fingerprint) !== readLetters(fingerprintOf(claim.deviceId)))
        return refuse('conflict', OTHER_KEY)
      const kiosk = { id: claim.deviceId, jwk: claim.jwk, label, room, kelas }
      await orRefuse(
        'conflict',
        audit.write([...confirmPairing(id, claim.deviceId, now()), ...insertKiosk(kiosk, now())], {
          ...by,
          action: 'confirm_kiosk',
          entityType: 'device',
          entityId: claim.deviceId,
        }),
      )
      return (await findKiosk(db, claim.deviceId)) ?? refuse('not_found')
    },
  }
}

function hmacOf(keyRing: KeyRing, version: number, letters: string): string {
  return createHmac('sha256', keyRing.deriveKey('kiosk-code', version)).update(letters).digest('base64url')
}

async function orRefuse(code: 'wrong_code' | 'conflict', act: Promise<unknown>): Promise<void> {
  try {
    await act
  } catch (error) {
    if (isConflict(error)) refuse(code)
    throw error
  }
}

const OTHER_KEY = {
  detail: {
    id: 'Sidik kunci tidak sama dengan kios yang menunggu. Bandingkan lagi, atau buat kode baru.',
    en: 'The fingerprint is not that of the waiting kiosk. Compare again, or make a new code.',
  },
}
