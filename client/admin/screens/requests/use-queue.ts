import { useStore } from '../../../core/store.ts'
import { useAdmin } from '../../app-context.ts'
import { onePress } from '../../parts/one-press.ts'
import { useFilledPage } from '../../parts/pager.tsx'
import { type Act, useAct } from '../../parts/use-act.ts'
import { type Answered, useAsk } from '../../parts/use-ask.ts'

/** Rows of a page. */
export const PAGE = 50

/** Which part of a queue is asked for. */
export interface Place {
  readonly limit: number
  readonly offset: number
}
export interface Waiting<T> {
  readonly data: readonly T[]
  readonly total: number
}

/** A queue that people work off: a page of what waits, and one decision at a time. */
export interface Queue<T> extends Answered<Waiting<T>> {
  readonly offset: number
  readonly act: Act
  /** Sends a decision, says what was decided, asks what still waits, and then calls `after`. */
  decide(send: () => Promise<unknown>, said: string, after?: () => void): void
}

/** Follows a queue; which page is shown is kept in the address. */
export function useQueue<T>(load: (place: Place) => Promise<Waiting<T>>): Queue<T> {
  const { router, toasts } = useAdmin()
  const { filters } = useStore(router)
  const act = useAct()
  const offset = Number(filters.offset) || 0
  const answer = useAsk(String(offset), () => load({ limit: PAGE, offset }))
  useFilledPage(offset, answer)
  return {
    ...answer,
    offset,
    act,
    decide: (send, said, after) =>
      act.run(
        onePress(async () => {
          await send()
          toasts.say(said)
          await answer.reload()
          after?.()
        }),
      ),
  }
}
