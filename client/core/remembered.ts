/** The few small things kept between visits: none of them secret. `leaving`: a sign-out the server has not heard of. */
const KEYS = {
  language: 'absensi.language',
  camera: 'absensi.camera',
  signedIn: 'absensi.signed-in',
  leaving: 'absensi.leaving',
} as const

export interface Remembered {
  read(key: keyof typeof KEYS): string | null
  /** `null` forgets. */
  write(key: keyof typeof KEYS, value: string | null): void
}

/** localStorage behind a wall: with storage switched off (private windows, policies) nothing is kept and nothing breaks. */
export function createRemembered(storage: () => Storage): Remembered {
  return {
    read(key) {
      try {
        return storage().getItem(KEYS[key])
      } catch {
        return null
      }
    },
    write(key, value) {
      try {
        if (value === null) storage().removeItem(KEYS[key])
        else storage().setItem(KEYS[key], value)
      } catch {
        // Not kept: the next visit asks again.
      }
    },
  }
}
