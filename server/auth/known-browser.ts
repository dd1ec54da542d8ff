import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from '../http/keys.ts'

/**
 * Which NIMs a browser has signed in with, as it says itself and nobody can make up: tries from there are counted apart
 * from those of everybody else behind the same address, who could otherwise lock a teacher out by guessing wrong
 * (OWASP, "device cookies"). A mark names nobody: a random id, and the HMAC of NIM and id.
 */
export interface KnownBrowsers {
  /** The id of this browser's mark for a NIM; null when it has none that is ours. `marks`: the cookie's value. */
  find(marks: string | undefined, nim: string): string | null
  /** The cookie's value with a mark for this NIM in front; the ten last NIMs are kept. */
  mark(marks: string | undefined, nim: string): string
}

/** NIMs of one browser: the teachers of a staff room's PC. */
const KEPT = 10
/** Bytes of an id: random enough that no two are alike. */
const ID_BYTES = 12
/** Bytes of the HMAC that are kept: half of SHA-256, as RFC 2104 section 5 allows. */
const MAC_BYTES = 16
const ID_LETTERS = (ID_BYTES * 4) / 3

export function createKnownBrowsers(keyRing: KeyRing): KnownBrowsers {
  const macOf = (id: string, nim: string, version: number) =>
    createHmac('sha256', keyRing.deriveKey('known-browser', version))
      .update(`${id}\n${nim.toLowerCase()}`)
      .digest()
      .subarray(0, MAC_BYTES)

  const isOf = (mark: string, nim: string): boolean => {
    const given = Buffer.from(mark.slice(ID_LETTERS), 'base64url')
    if (given.length !== MAC_BYTES) return false
    const id = mark.slice(0, ID_LETTERS)
    return keyRing.versions.some((version) => timingSafeEqual(given, macOf(id, nim, version)))
  }

  const read = (marks: string | undefined): string[] => (marks ?? '').split('.').filter(Boolean).slice(0, KEPT)

  return {
    find: (marks, nim) =>
      read(marks)
        .find((mark) => isOf(mark, nim))
        ?.slice(0, ID_LETTERS) ?? null,

    mark(marks, nim) {
      const kept = read(marks)
      const known = kept.find((mark) => isOf(mark, nim))
      const id = known?.slice(0, ID_LETTERS) ?? randomBytes(ID_BYTES).toString('base64url')
      const mark = id + macOf(id, nim, keyRing.current).toString('base64url')
      return [mark, ...kept.filter((one) => one !== known)].slice(0, KEPT).join('.')
    },
  }
}
