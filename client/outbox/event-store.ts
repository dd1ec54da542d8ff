import { Dexie } from 'dexie'
import { type EventReceipt, type KioskEvent, kioskEventSchema } from '../../shared/contract/kiosk-offline.ts'
import type { EventRow, KioskDatabase, ResultRow } from './kiosk-database.ts'
import { classifyStorage, type StorageFailure, StorageProblem, storing } from './storage-problem.ts'

/** An event before it has its number. `id` is made by the caller (`crypto.randomUUID()`). */
export type EventDraft = Omit<KioskEvent, 'counter'>

/** `saved` is told only of an event that was read back from the storage. After `failed` nothing may be taken for saved. */
export type Appended =
  | { readonly kind: 'saved'; readonly event: KioskEvent }
  | { readonly kind: 'failed'; readonly why: StorageFailure }

export interface EventCounts {
  /** Events of this pairing that wait for their receipt, those set aside included. */
  readonly queue: number
  /** Of these, set aside. */
  readonly aside: number
  /** Events of an earlier pairing of this browser, which this kiosk's key cannot send. */
  readonly left: number
}

/** The kiosk's queue of sealed events. All but `append` throw `StorageProblem` when the storage fails. */
export interface EventStore {
  /** Numbers the event and keeps it, in one transaction, then reads it back. @throws ZodError for what is no event */
  append(draft: EventDraft): Promise<Appended>
  counts(): Promise<EventCounts>
  /** The oldest event's wall time, or null: for the heartbeat and the screen. */
  oldest(): Promise<string | null>
  /** The number of the newest event of this pairing; 0: none yet. */
  lastCounter(): Promise<number>
  /** The next events in their order: at most `count`, and `bytes` of JSON together, but always one if there is one. */
  takeBatch(limit: { count: number; bytes: number }): Promise<KioskEvent[]>
  /** Events set aside at or before `until`, oldest first. */
  setAsideUntil(until: number, count: number): Promise<KioskEvent[]>
  /** Keeps an event out of the way of the others. */
  putAside(id: string, why: string, at: number): Promise<void>
  /**
   * Of the events sent, deletes those receipted and keeps what became of them, in one transaction; with a full disk they are
   * deleted all the same. @returns how many
   */
  settle(sent: readonly KioskEvent[], receipts: readonly EventReceipt[], at: number): Promise<number>
  /** What became of events, receipts that came at or after `since`, oldest first. */
  results(since: number): Promise<ResultRow[]>
}

/** How long results are kept. */
export const RESULTS_MS = 7 * 24 * 3_600_000

/** What the name of a counter's state row begins with. */
export const COUNTER = 'counter:'
const counterName = (device: string) => `${COUNTER}${device}`

/** @param device the thumbprint of the kiosk's key: numbers count from 1 for each pairing */
export function createEventStore(database: KioskDatabase, device: string): EventStore {
  const { events, results, state } = database
  const ofDevice = () => events.where('[device+counter]').between([device, Dexie.minKey], [device, Dexie.maxKey])
  const inState = (name: EventRow['state']) =>
    events.where('[device+state+counter]').between([device, name, Dexie.minKey], [device, name, Dexie.maxKey])

  async function lastCounter(): Promise<number> {
    const value = (await state.get(counterName(device)))?.value
    return typeof value === 'number' ? value : 0
  }

  async function insert(draft: EventDraft): Promise<KioskEvent> {
    const counter = (await lastCounter()) + 1
    const event = { ...draft, counter }
    await events.add({ device, counter, id: draft.id, state: 'waiting', aside: null, event })
    await state.put({ name: counterName(device), value: counter })
    return event
  }

  const settle = (sent: readonly KioskEvent[], receipts: readonly EventReceipt[], at: number, keep: boolean) =>
    database.transaction('rw', events, results, async () => {
      let settled = 0
      for (const { id, counter, wall_time } of sent) {
        const receipt = receipts.find((one) => one.id === id)
        if (receipt === undefined) continue
        settled += await events.where('id').equals(id).delete()
        // Another tab may have settled it: its result is there already, and it is the same one.
        // Of whom it was is told at the door or in the console, and not kept here.
        const { result, time } = receipt
        if (keep) await results.put({ id, result, time, device, counter, wall_time, at })
      }
      await results
        .where('at')
        .below(at - RESULTS_MS)
        .delete()
      return settled
    })

  return {
    async append(draft) {
      kioskEventSchema.omit({ counter: true }).parse(draft)
      try {
        const event = await database.transaction('rw', events, state, () => insert(draft))
        const kept = await events.get([device, event.counter])
        if (kept === undefined || JSON.stringify(kept.event) !== JSON.stringify(event))
          return { kind: 'failed', why: 'failed' }
        return { kind: 'saved', event }
      } catch (error) {
        return { kind: 'failed', why: classifyStorage(error) }
      }
    },
    counts: () =>
      storing(() =>
        database.transaction('r', events, async () => {
          const queue = await ofDevice().count()
          return { queue, aside: await inState('aside').count(), left: (await events.count()) - queue }
        }),
      ),
    oldest: () => storing(async () => (await ofDevice().first())?.event.wall_time ?? null),
    lastCounter: () => storing(lastCounter),
    takeBatch: ({ count, bytes }) =>
      storing(async () => {
        const batch: KioskEvent[] = []
        let size = 0
        for (const { event } of await inState('waiting').limit(count).toArray()) {
          size += JSON.stringify(event).length + 1
          if (batch.length > 0 && size > bytes) break
          batch.push(event)
        }
        return batch
      }),
    setAsideUntil: (until, count) =>
      storing(async () => {
        const rows = await inState('aside')
          .and(({ aside }) => aside === null || aside.at <= until)
          .limit(count)
          .toArray()
        return rows.map(({ event }) => event)
      }),
    putAside: (id, why, at) =>
      storing(async () => {
        await events.where('id').equals(id).modify({ state: 'aside', aside: { why, at } })
      }),
    async settle(sent, receipts, at) {
      try {
        return await storing(() => settle(sent, receipts, at, true))
      } catch (error) {
        if (!(error instanceof StorageProblem) || error.why !== 'full') throw error
        // [Note: a full disk] What was receipted must be able to go, or the kiosk could never take anything again.
        // Deleting needs no room; only what the screen tells of late results is lost, which the server has.
        return storing(() => settle(sent, receipts, at, false))
      }
    },
    results: (since) => storing(() => results.where('at').aboveOrEqual(since).toArray()),
  }
}
