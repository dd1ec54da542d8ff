/** The small things a kiosk keeps between visits; none of them is secret. */
const KEYS = {
  language: 'absensi.kiosk.language',
  camera: 'absensi.kiosk.camera',
  sound: 'absensi.kiosk.sound',
  /** How many wrong PINs in a row, and until when none is tried, ms. */
  pin: 'absensi.kiosk.pin',
  /** `waiting`, `paired` or `revoked`, and the key it is about. */
  pairing: 'absensi.kiosk.pairing',
} as const

/** Reads one; null: never kept, or no storage. */
export function readKept(key: keyof typeof KEYS): string | null {
  try {
    return localStorage.getItem(KEYS[key])
  } catch {
    return null
  }
}

/** Keeps one; null forgets it. Without storage nothing is kept and nothing breaks. */
export function keep(key: keyof typeof KEYS, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(KEYS[key])
    else localStorage.setItem(KEYS[key], value)
  } catch {
    // The next visit asks again.
  }
}
