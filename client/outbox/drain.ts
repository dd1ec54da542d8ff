import { MAX_EVENTS } from '../../shared/contract/kiosk-offline.ts'
import type { EventStore } from './event-store.ts'
import { type LaterReason, type PostEvents, sendBatch } from './send-batch.ts'
import { StorageProblem } from './storage-problem.ts'

/** JSON characters of one batch at most: below the server's limit of 1 MB with what surrounds the events. */
export const MAX_BATCH_BYTES = 900_000
/** An event set aside is tried again after this long: the server may have been mended since. */
export const ASIDE_MS = 3_600_000
/** So often may the server break on one event alone before the others go ahead of it. */
const BREAKS = 5

/** How a run ended; `receipted`: how many events left the outbox in it. */
export type DrainOutcome = { readonly receipted: number } & (
  | { readonly kind: 'empty' }
  /** `smaller`: the time ran out, and the next run sends less at once. */
  | { readonly kind: 'later'; readonly why: LaterReason; readonly atLeastMs: number; readonly smaller?: true }
  /** The server does not let this kiosk in: revoked, or its clock is off. The events stay. */
  | { readonly kind: 'stopped'; readonly why: string }
  | { readonly kind: 'storage'; readonly why: StorageProblem['why'] }
  /** Another tab is at it. */
  | { readonly kind: 'busy' }
)

/** Runs work while no other tab does; `null` at once when another one is at it. */
export type Lock = <T>(work: () => Promise<T>) => Promise<T | null>

/** Web Locks where the browser has them (secure pages); elsewhere two tabs may both send, which the server bears. */
export const outboxLock: Lock = async (work) => {
  const locks = globalThis.navigator?.locks
  if (locks === undefined) return work()
  return locks.request('absensi-outbox', { ifAvailable: true }, (lock) => (lock === null ? null : work()))
}

export interface DrainOptions {
  readonly events: EventStore
  readonly post: PostEvents
  /** ms since 1970, as the kiosk knows it. */
  readonly now: () => number
  /** A reply brought a newer time token. */
  readonly heard: (timeToken: string) => void
  /** Events were receipted: counts and late results have changed. */
  readonly settled?: (count: number) => void
  readonly lock?: Lock
}

/**
 * Sends what waits, batch by batch in the order of the counter, and deletes what was receipted, nothing else. `run` goes
 * on until the outbox is empty or something stands in the way, and never throws for the network or the storage; calls
 * at the same time share one run.
 */
export function createDrain({ events, post, now, heard, settled, lock = outboxLock }: DrainOptions): {
  run(): Promise<DrainOutcome>
} {
  let running: Promise<DrainOutcome> | null = null
  /** Events a batch; goes down when a batch is refused, so that the one at fault is found. */
  let limit = MAX_EVENTS
  /** The most a batch may have since one was too large. */
  let ceiling = MAX_EVENTS
  const breaks = new Map<string, number>()

  async function putAside(id: string, why: string): Promise<void> {
    await events.putAside(id, why, now())
    breaks.delete(id)
    limit = MAX_EVENTS
    ceiling = MAX_EVENTS
  }

  /** One batch. @returns null: go on */
  async function step(receipted: { count: number }): Promise<DrainOutcome | null> {
    const waiting = await events.takeBatch({ count: limit, bytes: MAX_BATCH_BYTES })
    const batch = waiting.length > 0 ? waiting : await events.setAsideUntil(now() - ASIDE_MS, 1)
    const [first] = batch
    if (first === undefined) {
      ceiling = MAX_EVENTS
      limit = MAX_EVENTS
      return { kind: 'empty', receipted: receipted.count }
    }
    const sent = await sendBatch(post, batch)
    switch (sent.kind) {
      case 'receipts': {
        heard(sent.timeToken)
        const count = await events.settle(batch, sent.receipts, now())
        receipted.count += count
        if (count > 0) settled?.(count)
        limit = Math.min(ceiling, limit * 2)
        return count > 0 ? null : { kind: 'later', why: 'unreadable', atLeastMs: 0, receipted: receipted.count }
      }
      case 'refused':
      case 'too_large':
        if (batch.length === 1) {
          await putAside(first.id, sent.why)
          return null
        }
        limit = Math.ceil(batch.length / 2)
        if (sent.kind === 'too_large') ceiling = limit
        return null
      case 'broke': {
        limit = Math.ceil(batch.length / 2)
        const times = (breaks.get(first.id) ?? 0) + 1
        if (batch.length === 1) breaks.set(first.id, times)
        if (batch.length === 1 && times >= BREAKS) await putAside(first.id, sent.why)
        return { kind: 'later', why: 'busy_server', atLeastMs: 0, receipted: receipted.count }
      }
      case 'later': {
        const { tooSlow, ...later } = sent
        // A slow way never gets ten through in its time. Tried again with half, until a run gets to its end.
        if (tooSlow) {
          limit = Math.ceil(batch.length / 2)
          ceiling = limit
        }
        return { ...later, ...(tooSlow && batch.length > 1 ? { smaller: true } : {}), receipted: receipted.count }
      }
      default:
        return { ...sent, receipted: receipted.count }
    }
  }

  async function work(): Promise<DrainOutcome> {
    const receipted = { count: 0 }
    try {
      for (;;) {
        const outcome = await step(receipted)
        if (outcome !== null) return outcome
      }
    } catch (error) {
      if (error instanceof StorageProblem) return { kind: 'storage', why: error.why, receipted: receipted.count }
      throw error
    }
  }

  return {
    run() {
      running ??= lock(work)
        .then((outcome): DrainOutcome => outcome ?? { kind: 'busy', receipted: 0 })
        .finally(() => {
          running = null
        })
      return running
    },
  }
}
