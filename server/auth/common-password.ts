import { dictionary } from '@zxcvbn-ts/language-common'

/**
 * The 5,183 of the list's 49,233 common passwords that satisfy the rule of the plan (OWASP ASVS 5, 6.2.4 asks for the
 * first 3,000). Lower case, as the list is.
 */
const COMMON: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].filter((word) => word.length >= 8 && /\p{L}/u.test(word) && /\d/.test(word)),
)

/** Whether a password is among those that are tried first. Case does not count. */
export function isCommonPassword(password: string): boolean {
  return COMMON.has(password.toLowerCase())
}
