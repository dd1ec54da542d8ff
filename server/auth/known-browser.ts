import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from '../http/keys.ts'

/** `epoch` counts the ends of all sessions of a person: a new password makes the marks from before it worthless. */
export interface Marked {
  readonly id: string
  readonly epoch: number
}

/**
 * Who has signed in with a browser before, as it says itself and nobody can make up: tries from there are counted apart
 * from those of everybody else behind the same address, who could otherwise lock a teacher out by guessing wrong
 * (OWASP, "device cookies"). A mark names nobody: a random id, and an HMAC of it and of the person.
 */
export interface KnownBrowsers {
  /** The id of this browser's mark for a person; null when it has none that is ours. `marks`: the cookie's value. */
  find(marks: string | undefined, who: Marked): string | null
  /** The cookie's value with a mark for this person in front; the ten last ones are kept. */
  mark(marks: string | undefined, who: Marked): string
}

/** People of one browser: the teachers of a staff room's PC. */
const KEPT = 10
/** Bytes of an id: random enough that no two are alike. */
const ID_BYTES = 12
/** Bytes of the HMAC that are kept: half of SHA-256, as RFC 2104 section 5 allows. */
const MAC_BYTES = 16
const ID_LETTERS = (ID_BYTES * 4) / 3

export function createKnownBrowsers(keyRing: KeyRing): KnownBrowsers {
  const macOf = (id: string, who: Marked, version: number) =>
    createHmac('sha256', keyRing.deriveKey('known-browser', version))
      .update(`${id}\n${who.id}\n${who.epoch}`)
      .digest()
      .subarray(0, MAC_BYTES)

  const isOf = (mark: string, who: Marked): boolean => {
    const given = Buffer.from(mark.slice(ID_LETTERS), 'base64url')
    if (given.length !== MAC_BYTES) return false
    const id = mark.slice(0, ID_LETTERS)
    return keyRing.versions.some((version) => timingSafeEqual(given, macOf(id, who, version)))
  }

  const read = (marks: string | undefined): string[] => (marks ?? '').split('.').filter(Boolean).slice(0, KEPT)

  return {
    find: (marks, who) =>
      read(marks)
        .find((mark) => isOf(mark, who))
        ?.slice(0, ID_LETTERS) ?? null,

    mark(marks, who) {
      const kept = read(marks)
      const known = kept.find((mark) => isOf(mark, who))
      const id = known?.slice(0, ID_LETTERS) ?? randomBytes(ID_BYTES).toString('base64url')
      const mark = id + macOf(id, who, keyRing.current).toString('base64url')
      return [mark, ...kept.filter((one) => one !== known)].slice(0, KEPT).join('.')
    },
  }
}
