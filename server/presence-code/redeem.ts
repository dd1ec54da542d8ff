import type { z } from 'zod'
import { isPresent } from '../../shared/attendance/present.ts'
import { readWallClock } from '../../shared/attendance/zone.ts'
import { CONFIRM_SECONDS, type RedeemCodeRequest, type redeemCodeReply } from '../../shared/contract/presence-code.ts'
import { attend } from '../attendance/attend.ts'
import { findAttendance } from '../attendance/store.ts'
import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { spend } from '../http/limits/limits.ts'
import { refuse } from '../http/problem.ts'
import { scopeOf } from '../users/scope.ts'
import type { SignedInUser } from '../users/store.ts'
import { codeHmac } from './draw.ts'
import { findCode, holdCode, type PresenceCode, useCode } from './store.ts'

/** Wrong codes of one teacher in 15 minutes: mistyping is common, guessing a live one of 10^6 is hopeless. */
const TRIES = 20
const WINDOW_MS = 15 * 60_000

type Reply = Omit<z.input<typeof redeemCodeReply>, 'message'>

export type Redeem = (
  by: SignedInUser,
  request: RedeemCodeRequest,
  caller: { readonly ipAddress: string; readonly deviceInfo: string | undefined },
) => Promise<Reply>

/**
 * A code in two steps. First it says whose it is, and holds it for the teacher who asked; then, with that person's id, it
 * records her as of the moment the code was drawn, method `code`. Unknown, run out, used, outside the reader's classes or
 * held by another teacher are all `wrong_code`. The confirmation sent again gets the same answer. Nobody confirms herself.
 */
export function createRedeem(deps: Deps): Redeem {
  const { db, audit, keyRing, limits, now, config } = deps
  const tries = limits.make('presence-code', { limit: TRIES, windowMs: WINDOW_MS })

  async function lookUp(by: SignedInUser, code: string): Promise<PresenceCode> {
    await spend(tries, by.id)
    const reader = { id: by.id, scope: await scopeOf(db, by) }
    const found = await findCode(db, codeHmac(keyRing, code), reader, now())
    if (found === null) return refuse('wrong_code', { detail: GONE })
    await tries.giveBack(by.id)
    if (found.person.id === by.id) refuse('forbidden')
    return found
  }

  async function answer({ person, absensiId, outcome }: PresenceCode): Promise<Reply> {
    const recorded = absensiId === null ? null : await findAttendance(db, absensiId, person.id)
    if (recorded === null) return refuse('wrong_code', { detail: GONE })
    const instant = outcome === 'left' ? (recorded.leftAt ?? recorded.timestamp) : recorded.timestamp
    return {
      result: outcome ?? 'already',
      person,
      confirm_within: 0,
      absensi: {
        id: recorded.id,
        status: recorded.status,
        late_minutes: recorded.lateMinutes,
        time: readWallClock(instant, config.timeZone).iso,
      },
    }
  }

  return async function redeem(by, { code, confirm }, { ipAddress, deviceInfo }) {
    const found = await lookUp(by, code)
    const { person } = found
    if (confirm === undefined) {
      if (found.absensiId !== null) return answer(found)
      const until = now() + CONFIRM_SECONDS * 1000
      await orGone(db.write(holdCode(found.codeHmac, by.id, now(), until)))
      return { result: 'confirm', person, confirm_within: CONFIRM_SECONDS, absensi: null }
    }
    if (confirm !== person.id || found.heldBy !== by.id) return refuse('wrong_code', { detail: GONE })
    if (found.absensiId !== null) return answer(found)
    const outcome = await attend(deps, person, {
      instant: found.createdAt,
      confidence: 0,
      grade: 'verified',
      method: 'code',
      deviceId: null,
      checkId: null,
      deviceInfo,
      ipAddress,
      // The teacher who confirms stands in front of her.
      from: 'here',
    })
    const { receipt } = outcome
    if (receipt.kind === 'refused') refuse(receipt.code)
    if (receipt.kind !== 'attendance') return refuse('internal')
    // Somebody marked her otherwise, by hand: a code does not change that, and must not seem to.
    const before = receipt.is_duplicate ? await findAttendance(db, receipt.absensi_id, person.id) : null
    if (before !== null && !isPresent(before.status)) refuse('conflict', { detail: MARKED })
    const did = {
      absensiId: receipt.absensi_id,
      outcome: receipt.is_duplicate ? 'already' : receipt.left === true ? 'left' : 'recorded',
    } as const
    await orGone(
      audit.write([...useCode(found.codeHmac, by.id, now(), did), ...outcome.statements], {
        userId: by.id,
        action: 'confirm_code',
        entityType: 'absensi',
        entityId: receipt.absensi_id,
        details: { user_id: person.id, outcome: did.outcome },
        ipAddress,
      }),
    )
    return answer({ ...found, ...did })
  }
}

/** Somebody was quicker: the code was used, drawn anew or taken by another teacher, or she checked in by another door. */
async function orGone(act: Promise<unknown>): Promise<void> {
  try {
    await act
  } catch (error) {
    if (isConflict(error)) refuse('conflict')
    throw error
  }
}

const MARKED = {
  id: 'Ia sudah ditandai tidak hadir oleh petugas. Ubah catatannya di Kehadiran.',
  en: 'Staff have marked her as not present. Change her record under Records.',
}

const GONE = {
  id: 'Kode itu tidak berlaku (lagi). Minta siswa membuat kode baru.',
  en: 'That code is not good (any more). Ask the student for a new one.',
}
