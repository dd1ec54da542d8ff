import type { AppContext } from './env.ts'

/** Who does something, from where: what every audit line of a request carries. */
export interface By {
  readonly userId: string
  readonly ipAddress: string
}

/** The signed-in caller of a request. */
export function byOf(c: AppContext): By {
  return { userId: c.get('user').id, ipAddress: c.get('address') }
}
