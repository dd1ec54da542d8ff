import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Statement } from '../db/write.ts'
import type { KeyRing } from '../http/keys.ts'
import { putActivationCode } from './store.ts'

/** Crockford's base32: no I, L, O, U, so that a code can be read out and typed from paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 10 letters of 5 bits: 50 random bits. */
const LETTERS = 10

const LIFETIME_MS = 14 * 24 * 3600 * 1000

/** Wrong tries after which a code is over, whoever made them: far more than a person makes, far too few to guess one. */
export const CODE_TRIES = 50

/** The letters of a fresh code. */
export const drawLetters = (): string =>
  Array.from({ length: LETTERS }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')

/** How a code is shown: `XXXXX-XXXXX`. */
export const showLetters = (letters: string): string => `${letters.slice(0, 5)}-${letters.slice(5)}`

/** The letters a person meant: case, spaces and dashes do not count, O is 0, I and L are 1. */
export const readLetters = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')

/** A fresh code, `XXXXX-XXXXX`, and what is stored of it. `expiresAt` in ms. */
export function drawCode(keyRing: KeyRing, userId: string, now: number) {
  const letters = drawLetters()
  return {
    code: showLetters(letters),
    codeHmac: codeHmac(keyRing, keyRing.current, userId, letters),
    keyVersion: keyRing.current,
    expiresAt: now + LIFETIME_MS,
  }
}

/**
 * A fresh code and the statement that stores its HMAC. It opens nothing before that is written.
 * @param guruId the teacher who draws it, for a student of her classes; null: an admin
 */
export function makeCode(
  keyRing: KeyRing,
  userId: string,
  now: number,
  guruId: string | null = null,
): { code: string; statement: Statement; expiresAt: number } {
  const { code, ...stored } = drawCode(keyRing, userId, now)
  return { code, statement: putActivationCode(userId, { ...stored, guruId }, now), expiresAt: stored.expiresAt }
}

/** Whether what a person typed is the code. */
export function codeFits(
  keyRing: KeyRing,
  userId: string,
  typed: string,
  stored: { codeHmac: string; keyVersion: number },
): boolean {
  if (!keyRing.versions.includes(stored.keyVersion)) return false
  const given = Buffer.from(codeHmac(keyRing, stored.keyVersion, userId, readLetters(typed)), 'base64url')
  const wanted = Buffer.from(stored.codeHmac, 'base64url')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function codeHmac(keyRing: KeyRing, version: number, userId: string, letters: string): string {
  return createHmac('sha256', keyRing.deriveKey('activation-code', version))
    .update(`${userId}\n${letters}`)
    .digest('base64url')
}
