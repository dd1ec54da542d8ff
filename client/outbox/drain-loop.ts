import { backOff } from './back-off.ts'
import type { DrainOutcome } from './drain.ts'

/** With nothing to send, the outbox is looked at this often: another tab may have left something, or a retry is due. */
const IDLE_MS = 10 * 60_000
const OTHER_TAB_MS = 30_000

export interface DrainLoop {
  /** At the start, online again, visible again, background sync, a heartbeat that went through: try now. */
  nudge(): void
  /** Something was appended: try now, unless a back-off runs. */
  appended(): void
  stop(): void
}

export interface LoopOptions {
  readonly run: () => Promise<DrainOutcome>
  /** 0 <= x < 1 */
  readonly random: () => number
  /** Calls back once after so many ms; returns what calls it off. */
  readonly timer: (ms: number, call: () => void) => () => void
  readonly onOutcome?: (outcome: DrainOutcome) => void
}

/** Drains whenever there is reason to, with a back-off between failures. After `stopped` it waits to be nudged. */
export function createDrainLoop({ run, random, timer, onOutcome }: LoopOptions): DrainLoop {
  let [running, again, over] = [false, false, false]
  let failures = 0
  let cancel: (() => void) | null = null

  function rest(outcome: DrainOutcome): number | null {
    if (outcome.kind === 'stopped') return null
    if (outcome.kind === 'empty') return IDLE_MS
    if (outcome.kind === 'busy') return OTHER_TAB_MS
    failures = outcome.receipted > 0 ? 1 : failures + 1
    return backOff(failures, random(), outcome.kind === 'later' ? outcome.atLeastMs : 0)
  }

  async function start(): Promise<void> {
    cancel?.()
    cancel = null
    running = true
    // A run does not throw; if it does all the same, the queue must not stand still for it.
    const outcome = await run().catch((): DrainOutcome => ({ kind: 'storage', why: 'failed', receipted: 0 }))
    running = false
    if (over) return
    onOutcome?.(outcome)
    if (outcome.kind === 'empty' || outcome.kind === 'stopped') failures = 0
    const pause = rest(outcome)
    if (again) {
      again = false
      return start()
    }
    if (pause !== null) cancel = timer(pause, () => void start())
  }

  const begin = () => {
    if (over) return
    if (running) again = true
    else void start()
  }

  return {
    nudge() {
      failures = 0
      begin()
    },
    appended() {
      if (failures === 0) begin()
    },
    stop() {
      over = true
      cancel?.()
    },
  }
}
