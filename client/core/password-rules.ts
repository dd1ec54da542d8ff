/** The rules of shared/contract/auth.ts's passwordSchema, one by one, so that a form can tick them off. */
export interface PasswordRule {
  readonly name: 'length' | 'letter' | 'digit' | 'short'
  readonly met: boolean
}

/** `short` (72 bytes of UTF-8, bcrypt's limit) is only listed once it is broken: hardly anybody ever meets it. */
export function passwordRules(password: string): readonly PasswordRule[] {
  const rules: PasswordRule[] = [
    { name: 'length', met: password.length >= 8 },
    { name: 'letter', met: /\p{L}/u.test(password) },
    { name: 'digit', met: /\d/.test(password) },
  ]
  const short = new TextEncoder().encode(password).length <= 72
  return short ? rules : [...rules, { name: 'short', met: false }]
}
