/** Which user this browser's key is registered for, so that a visit asks once. Not a secret: an id and a thumbprint. */
const REGISTERED = 'smart-absensi.device-of'

/** `user-id thumbprint` of the registration made here, or null. */
export const readMark = (): string | null => localStorage.getItem(REGISTERED)

export const writeMark = (mark: string): void => localStorage.setItem(REGISTERED, mark)

export const removeMark = (): void => localStorage.removeItem(REGISTERED)

/** The thumbprint of this browser's key as registered for a user, or null. */
export function deviceOf(userId: string): string | null {
  const [user, id] = readMark()?.split(' ') ?? []
  return user === userId && id ? id : null
}
