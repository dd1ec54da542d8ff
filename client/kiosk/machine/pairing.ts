import { fingerprintOf } from '../../../shared/kiosk/fingerprint.ts'
import { toProblem } from '../../core/api-problem.ts'
import type { Store } from '../../core/store.ts'
import { keep, readKept } from '../kept.ts'
import type { View } from '../kiosk.ts'
import type { KioskServer } from './server.ts'
import { isShutOut } from './signed-calls.ts'

/** How often a waiting kiosk asks whether it was let in, ms; a code lives ten minutes. */
const ASK_MS = 2_000
const GIVE_UP_MS = 11 * 60_000
/** How often one that was shut out asks whether the server knows it again, ms. */
const ASK_AGAIN_MS = 60_000

export type Pairing = 'none' | 'waiting' | 'paired' | 'revoked'

/** How this key stands with the server, as far as this browser remembers. */
export function readPairing(keyId: string): Pairing {
  const [state, id] = (readKept('pairing') ?? '').split(' ')
  return id === keyId && (state === 'waiting' || state === 'paired' || state === 'revoked') ? state : 'none'
}

export const keepPairing = (state: Exclude<Pairing, 'none'>, keyId: string): void =>
  keep('pairing', `${state} ${keyId}`)

/**
 * Code -> key shown to the server -> fingerprint on the screen -> asked until somebody has confirmed it. A kiosk that was shut
 * out goes on asking: the server may have been started on an old backup, and know it again once that is mended.
 */
export function createPairing(options: {
  readonly server: Pick<KioskServer, 'me' | 'pair'>
  readonly keyId: string
  readonly view: Store<View>
  onPaired(): void
}): { pair(code: string): Promise<void>; wait(): void; shutOut(askIn?: number): void; stop(): void } {
  const { server, keyId, view } = options
  let timer: ReturnType<typeof setTimeout> | undefined
  let [asked, over] = [0, false]

  /** Null: the server was not heard. */
  const isKnown = (): Promise<boolean | null> =>
    server.me().then(
      () => true,
      (error: unknown) => (isShutOut(error) ? false : null),
    )

  function goOn(): void {
    keepPairing('paired', keyId)
    options.onPaired()
  }

  function wait(): void {
    view.set({ kind: 'fingerprint', fingerprint: fingerprintOf(keyId) })
    clearTimeout(timer)
    const ask = async () => {
      const known = await isKnown()
      if (over) return
      if (known) return goOn()
      // Not heard is no "not yet": an admin may have let it in meanwhile.
      if (known === false) asked += ASK_MS
      if (asked < GIVE_UP_MS) timer = setTimeout(ask, ASK_MS)
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
        const problem = toProblem(error).code
        // Its key is taken: perhaps because it is paired, and only this browser forgot.
        if (problem === 'wrong_device' && (await isKnown())) return goOn()
        view.set({ kind: 'code', busy: false, problem })
      }
    },
    shutOut(askIn = ASK_AGAIN_MS) {
      keepPairing('revoked', keyId)
      view.set({ kind: 'revoked', refused: false })
      clearTimeout(timer)
      const ask = async () => {
        const known = await isKnown()
        if (over) return
        if (known) goOn()
        else timer = setTimeout(ask, ASK_AGAIN_MS)
      }
      timer = setTimeout(ask, askIn)
    },
    stop() {
      over = true
      clearTimeout(timer)
    },
  }
}
