import type { TestDevice } from '../../server/test/test-server.ts'
import type { Ledger } from './ledger.ts'
import { createNetwork, type Network } from './network.ts'
import type { Chance } from './random.ts'
import type { ServerHost } from './server-host.ts'
import { createProfile, type Profile } from './storage.ts'
import type { Life, World } from './world.ts'

export const EVENTS = '/api/v1/kiosk/events'

/** A kiosk's tablet: what outlives its pages. */
export interface Tablet {
  /** Its key; another one after it was paired anew. */
  device: TestDevice
  readonly profile: Profile
  readonly network: Network
  /** How far its wall clock is off, ms. */
  wallOffset: number
  /** Whether the browser has Web Locks, and the page that holds the outbox's. */
  locks: boolean
  lockedBy: Life | null
  /** It has heard that it was shut out, and takes nobody. */
  shut: boolean
}

/** Makes the tablets of one run; every profile has a name of its own in the whole process. */
export function createWorkshop(
  { world, host, chance, ledger }: { world: World; host: ServerHost; chance: Chance; ledger: Ledger },
  run: number,
): { readonly tablets: readonly Tablet[]; make(device: TestDevice, bite: (fault: string) => void): Tablet } {
  const tablets: Tablet[] = []
  return {
    tablets,
    make(device, bite) {
      const n = tablets.length
      const network = createNetwork(world, host, chance.fork(`network ${n}`), bite, (path, answer) => {
        if (path === EVENTS) ledger.read(answer)
      })
      const profile = createProfile(`simulated-${run}-${n}`)
      const tablet = { device, profile, network, wallOffset: 0, locks: true, lockedBy: null, shut: false }
      tablets.push(tablet)
      return tablet
    },
  }
}
