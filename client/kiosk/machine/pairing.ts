import { fingerprintOf } from '../../../shared/kiosk/fingerprint.ts'
import { toProblem } from '../../core/api-problem.ts'
import type { Store } from '../../core/store.ts'
import { keep, readKept } from '../kept.ts'
import type { View } from '../kiosk.ts'
import type { KioskServer } from './server.ts'

/** How often a waiting kiosk asks whether it was let in, ms; a code lives ten minutes. */
const ASK_MS = 2_000
const GIVE_UP_MS = 11 * 60_000

export type Pairing = 'none' | 'waiting' | 'paired' | 'revoked'

/** How this key stands with the server, as far as this browser remembers. */
export function readPairing(keyId: string): Pairing {
  const [state, id] = (readKept('pairing') ?? '').split(' ')
  return id === keyId && (state === 'waiting' || state === 'paired' || state === 'revoked') ? state : 'none'
}

export const keepPairing = (state: Exclude<Pairing, 'none'>, keyId: string): void =>
  keep('pairing', `${state} ${keyId}`)

/** Code -> key shown to the server -> fingerprint on the screen -> asked until somebody has confirmed it. */
export function createPairing(options: {
  readonly server: KioskServer
  readonly keyId: string
  readonly view: Store<View>
  onPaired(): void
}): { pair(code: string): Promise<void>; wait(): void; stop(): void } {
  const { server, keyId, view } = options
  let timer: ReturnType<typeof setTimeout> | undefined
  let [asked, over] = [0, false]

  function wait(): void {
    view.set({ kind: 'fingerprint', fingerprint: fingerprintOf(keyId) })
    clearTimeout(timer)
    const ask = async () => {
      const paired = await server.me().then(
        () => true,
        () => false,
      )
      if (over) return
      asked += ASK_MS
      if (paired) {
        keepPairing('paired', keyId)
        options.onPaired()
      } else if (asked < GIVE_UP_MS) timer = setTimeout(ask, ASK_MS)
      else {
        keep('pairing', null)
        view.set({ kind: 'code', busy: false, problem: 'wrong_code' })
      }
    }
    timer = setTimeout(ask, ASK_MS)
  }

  return {
    wait,
    async pair(code) {
      view.set({ kind: 'code', busy: true, problem: null })
      try {
        await server.pair(code)
        keepPairing('waiting', keyId)
        asked = 0
        wait()
      } catch (error) {
        view.set({ kind: 'code', busy: false, problem: toProblem(error).code })
      }
    },
    stop() {
      over = true
      clearTimeout(timer)
    },
  }
}
