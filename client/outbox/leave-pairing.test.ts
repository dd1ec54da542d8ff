import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import type { KioskEvent } from '../../shared/contract/kiosk-offline.ts'
import { ASIDE_MS, createDrain } from './drain.ts'
import { leavePairing } from './leave-pairing.ts'
import { openOutbox } from './outbox.ts'
import type { Answer, PostEvents } from './send-batch.ts'

const problem = (status: number, code: string): Answer => ({
  status,
  body: { type: 'about:blank', title: code, status, detail: code, code },
})

/** What was captured last, as the server takes it from a kiosk that was shut out. */
const review: PostEvents = async (body) => {
  const { events } = JSON.parse(body) as { events: KioskEvent[] }
  const what = { result: 'review', reason: 'kiosk_revoked', name: null, status: null, time: null }
  return { status: 200, body: { receipts: events.map(({ id }) => ({ id, ...what })), time_token: 'next' } }
}

it('lets a key go only when nothing waits that no other key could send', async () => {
  const outbox = openOutbox('kiosk-1', { indexedDB: new IDBFactory(), IDBKeyRange })
  const id = '00000000-0000-4000-8000-000000000001'
  const event = { id, ticket: 'ticket', capture: 'c', nim: null, time_token: 't', elapsed_ms: null }
  await outbox.events.append({ ...event, wall_time: '2026-11-02T00:00:00.000Z' })
  await outbox.forget()

  let now = 0
  const leaving = (post: PostEvents) =>
    leavePairing(
      createDrain({ events: outbox.events, post, now: () => now, heard: () => undefined }).run,
      outbox.events,
    )
  expect(await leaving(() => Promise.reject(new Error('no network')))).toBe('kept')
  expect(await leaving(async () => problem(503, 'unavailable'))).toBe('kept')
  expect((await outbox.events.counts()).queue).toBe(1)
  // A server that does not know this key, perhaps for the backup it was started on, or takes nothing of it: the staff decide.
  expect(await leaving(async () => problem(401, 'unauthenticated'))).toBe('refused')
  expect(await leaving(async () => problem(403, 'forbidden'))).toBe('refused')
  expect((await outbox.events.counts()).queue).toBe(1)
  // Too large for a proxy on the way: set aside, and tried again in an hour only.
  expect(await leaving(async () => problem(413, 'too_large'))).toBe('refused')
  expect(await leaving(review)).toBe('refused')
  expect(await outbox.events.counts()).toMatchObject({ queue: 1, aside: 1 })
  now += ASIDE_MS
  expect(await leaving(review)).toBe('free')
  expect((await outbox.events.counts()).queue).toBe(0)
  // With nothing to send the network does not matter.
  expect(await leaving(() => Promise.reject(new Error('no network')))).toBe('free')
})
