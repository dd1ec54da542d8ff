import type { KioskDatabase } from './kiosk-database.ts'
import { StorageProblem, storing } from './storage-problem.ts'

const PROBE = 'room'
/** Random bytes at once at most (Web Crypto, 10.1.1), and how many times: more than a sealed capture has. */
const [PART, PARTS] = [65_536, 4]

/**
 * Whether another event can be kept: tried with as many bytes, which are deleted again. What the browser estimates does not
 * say it: its quota tells nothing of the room left on the disk. @throws StorageProblem for anything but a full disk
 */
export async function hasRoom({ state }: KioskDatabase): Promise<boolean> {
  // Random, for the database compresses.
  const value = Array.from({ length: PARTS }, () => crypto.getRandomValues(new Uint8Array(PART)))
  try {
    await storing(() => state.put({ name: PROBE, value }))
    return true
  } catch (error) {
    if (error instanceof StorageProblem && error.why === 'full') return false
    throw error
  } finally {
    await storing(() => state.delete(PROBE)).catch(() => undefined)
  }
}
