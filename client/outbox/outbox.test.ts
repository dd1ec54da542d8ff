import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Ticket } from '../../shared/contract/capture.ts'
import type { EventReceipt, KioskEvent } from '../../shared/contract/kiosk-offline.ts'
import { createDrain, type DrainOutcome } from './drain.ts'
import { createDrainLoop } from './drain-loop.ts'
import type { EventDraft } from './event-store.ts'
import { createKioskClock } from './kiosk-clock.ts'
import type { HeartbeatReply } from './kiosk-state.ts'
import { resultsByDay } from './late-results.ts'
import { openOutbox } from './outbox.ts'
import { askToPersist } from './persist.ts'
import type { Answer } from './send-batch.ts'

let indexedDB = new IDBFactory()
beforeEach(() => {
  indexedDB = new IDBFactory()
})
afterEach(() => vi.restoreAllMocks())
const open = (device = 'kiosk-1') => openOutbox(device, { indexedDB, IDBKeyRange })

const draft = (n: number, more: Partial<EventDraft> = {}): EventDraft => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  ticket: 'ticket',
  capture: 'c'.repeat(1000),
  nim: null,
  time_token: 'token',
  elapsed_ms: null,
  wall_time: `2026-11-02T00:00:${String(n % 60).padStart(2, '0')}.000Z`,
  ...more,
})
const receiptOf = ({ id }: { id: string }, result: EventReceipt['result'] = 'hadir'): EventReceipt => ({
  id,
  result,
  reason: null,
  name: null,
  status: null,
  time: null,
})
const answer = (events: readonly KioskEvent[]): Answer => ({
  status: 200,
  body: { receipts: events.map((one) => receiptOf(one)), time_token: 'next' },
})
const problem = (status: number, code: string): Answer => ({
  status,
  body: { type: 'about:blank', title: code, status, detail: code, code },
})
const read = (body: string) => (JSON.parse(body) as { events: KioskEvent[] }).events

describe('the queue', () => {
  it('numbers without a gap, also from two tabs at once, and keeps over a reload', async () => {
    const [one, two] = [open(), open()]
    const saved = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => (n % 2 ? one : two).events.append(draft(n))))
    expect(saved.map(({ kind }) => kind)).toEqual(Array(6).fill('saved'))
    one.close()
    const again = open()
    expect(await again.events.lastCounter()).toBe(6)
    const batch = await again.events.takeBatch({ count: 10, bytes: 1e6 })
    expect(batch.map(({ counter }) => counter)).toEqual([1, 2, 3, 4, 5, 6])
    expect(await again.events.counts()).toEqual({ queue: 6, aside: 0, left: 0 })
    expect(await again.events.oldest()).toBe(batch[0]?.wall_time)
    expect(await again.events.takeBatch({ count: 10, bytes: 2500 })).toHaveLength(2)
    expect(await again.events.takeBatch({ count: 10, bytes: 1 })).toHaveLength(1)
    // Another pairing of this browser counts for itself, and cannot send what the other key signed.
    const next = open('kiosk-2')
    expect(await next.events.append(draft(7))).toMatchObject({ kind: 'saved', event: { counter: 1 } })
    expect(await next.events.counts()).toEqual({ queue: 1, aside: 0, left: 6 })
  })

  it('says when the storage is full or gone, and neither drops nor counts anything', async () => {
    const outbox = open()
    await outbox.events.append(draft(1))
    const full = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(full)
    expect(await outbox.events.append(draft(2))).toEqual({ kind: 'failed', why: 'full' })
    vi.restoreAllMocks()
    // The second write of the transaction fails: the first is taken back with it.
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(full)
    expect(await outbox.events.append(draft(2))).toEqual({ kind: 'failed', why: 'full' })
    vi.restoreAllMocks()
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('gone', 'InvalidStateError')
    })
    outbox.close()
    expect(await outbox.events.append(draft(2))).toEqual({ kind: 'failed', why: 'closed' })
    await expect(outbox.events.counts()).rejects.toMatchObject({ name: 'StorageProblem', why: 'closed' })
    vi.restoreAllMocks()
    await outbox.open()
    expect(await outbox.events.append(draft(2))).toMatchObject({ kind: 'saved', event: { counter: 2 } })
    expect(await outbox.events.append(draft(2))).toMatchObject({ kind: 'failed' })
    await expect(outbox.events.append(draft(3, { nim: 'x'.repeat(500) }))).rejects.toThrow()
    expect(await outbox.events.counts()).toMatchObject({ queue: 2 })
  })
})

const ticket = (id: string, days: number) => ({ id, expires_in: days * 86_400 }) as Ticket

it('gives each ticket out once, in the order they end, and forgets ended ones by the server time', async () => {
  const [one, two] = [open(), open()]
  await one.tickets.add([ticket('c', 3), ticket('a', 1), ticket('b', 2)], 0)
  await two.tickets.add([ticket('a', 9), ticket('d', 4)], 0)
  expect(await one.tickets.count()).toBe(4)
  const taken = await Promise.all([one, two, one].map(({ tickets }) => tickets.take(0)))
  expect(taken.map((one) => one?.id).sort()).toEqual(['a', 'b', 'c'])
  expect(await one.tickets.take(5 * 86_400_000)).toBeNull()
  // The clock is not to be trusted: the stock is used all the same.
  expect((await one.tickets.take(null))?.id).toBe('d')
  await one.tickets.add([ticket('e', 1), ticket('f', 2)], 0)
  expect(await one.tickets.dropExpired(86_400_000)).toBe(1)
  expect((await one.tickets.take(0))?.id).toBe('f')
  expect(await one.tickets.take(0)).toBeNull()
  await one.tickets.add([ticket('g', 1)], 0)
  const next = open('kiosk-2')
  expect(await next.tickets.take(0)).toBeNull()
  await next.tickets.add([ticket('h', 1)], 0)
  expect(await one.tickets.count()).toBe(0)
})

it('puts one roster in the place of another as a whole', async () => {
  const { roster, state } = open()
  await roster.replace('v1', [
    { nim: '1', name: 'Budi', kelas: 'X-2' },
    { nim: '2', name: 'Ani', kelas: 'X-2' },
    { nim: '3', name: 'Cici', kelas: null },
  ])
  expect(await roster.kelas()).toEqual(['', 'X-2'])
  expect((await roster.inKelas('X-2')).map(({ name }) => name)).toEqual(['Ani', 'Budi'])
  expect(await roster.find('3')).toEqual({ nim: '3', name: 'Cici', kelas: null })
  await roster.replace('v1', [...(await roster.inKelas('X-2')), { nim: 'A-3x', name: 'Cici', kelas: null }])
  expect((await roster.find('a-3X'))?.name).toBe('Cici')
  expect(await roster.find('a-3')).toBeNull()
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  await expect(roster.replace('v2', [{ nim: '4', name: 'Dian', kelas: 'X-1' }])).rejects.toMatchObject({ why: 'full' })
  vi.restoreAllMocks()
  expect([await roster.version(), await roster.count()]).toEqual(['v1', 3])
  await roster.replace('v2', [{ nim: '4', name: 'Dian', kelas: 'X-1' }])
  expect([await roster.version(), await roster.count(), await roster.find('1')]).toEqual(['v2', 1, null])
  await state.saveTimeToken('t')
  expect([await state.timeToken(), await state.heartbeat()]).toEqual(['t', null])
})

it('tells the time since the last token, and nothing of it after a reload', () => {
  let [monotonic, wall] = [1000, Date.UTC(2026, 10, 2)]
  const clock = createKioskClock(
    () => monotonic,
    () => wall,
  )
  clock.restore('old')
  expect(clock.stamp()).toEqual({ time_token: 'old', elapsed_ms: null, wall_time: '2026-11-02T00:00:00.000Z' })
  expect(clock.now()).toEqual({ ms: wall, trusted: false })
  clock.heard('new', 5_000_000)
  monotonic += 1500.4
  wall -= 86_400_000
  clock.restore('old')
  expect(clock.stamp()).toMatchObject({ time_token: 'new', elapsed_ms: 1500 })
  expect(clock.now()).toEqual({ ms: 5_001_500, trusted: true })
  clock.heard('newer', null)
  expect([clock.stamp().elapsed_ms, clock.now().ms]).toEqual([0, 5_001_500])
})

it('knows by the wall clock that the tablet slept, and is sure of no time until the server is heard again', () => {
  let [monotonic, wall] = [1000, Date.UTC(2026, 10, 2)]
  const clock = createKioskClock(
    () => monotonic,
    () => wall,
  )
  clock.heard('token', 5_000_000)
  const pass = (ms: number, slept = 0) => {
    monotonic += ms
    wall += ms + slept
  }
  pass(86_400_000, 50_000)
  expect([clock.stamp().elapsed_ms, clock.now().trusted]).toEqual([86_400_000, true])
  pass(1000, 7_200_000)
  expect(clock.stamp()).toMatchObject({ time_token: 'token', elapsed_ms: null })
  expect(clock.now()).toEqual({ ms: 5_000_000 + 86_401_000 + 7_250_000, trusted: false })
  clock.heard('next', 9_000_000)
  pass(500)
  expect([clock.stamp().elapsed_ms, clock.now()]).toEqual([500, { ms: 9_000_500, trusted: true }])
})

it.each([5_000_000, null])('knows of a sleep also where the wall clock was set back before it (server: %s)', (said) => {
  let [monotonic, wall] = [1000, Date.UTC(2026, 10, 2)]
  const clock = createKioskClock(
    () => monotonic,
    () => wall,
  )
  clock.heard('token', said)
  wall -= 1_800_000
  // Only the screen looked meanwhile.
  expect(clock.now()).toEqual(said === null ? { ms: wall, trusted: false } : { ms: said, trusted: true })
  wall += 1_801_000
  monotonic += 1000
  expect(clock.stamp().elapsed_ms).toBeNull()
  expect(clock.now()).toEqual({ ms: said === null ? wall : said + 1_801_000, trusted: false })
})

it('is sure of nothing after a clock that was set ahead and back, and shows the time by where it is', () => {
  let wall = Date.UTC(2026, 10, 2)
  const clock = createKioskClock(
    () => 1000,
    () => wall,
  )
  clock.heard('token', 5_000_000)
  wall += 3_600_000
  expect(clock.now()).toEqual({ ms: 8_600_000, trusted: false })
  wall -= 3_600_000
  expect(clock.now()).toEqual({ ms: 5_000_000, trusted: false })
})

describe('the drain', () => {
  const setUp = async (count: number, post: (events: KioskEvent[]) => Answer | Promise<Answer>, body?: object) => {
    const outbox = open()
    for (let n = 1; n <= count; n++) await outbox.events.append(draft(n, body))
    const clock = { now: 1_000_000 }
    const batches: number[][] = []
    const tokens: string[] = []
    const drain = createDrain({
      events: outbox.events,
      now: () => clock.now,
      heard: (token) => tokens.push(token),
      post: async (text) => {
        const events = read(text)
        batches.push(events.map(({ counter }) => counter))
        return post(events)
      },
    })
    return { ...outbox, drain, batches, tokens, clock }
  }

  it('sends in order, ten and 900 kB at most, and keeps what became of each', async () => {
    const { drain, batches, events, tokens } = await setUp(23, answer)
    const [first, second] = await Promise.all([drain.run(), drain.run()])
    expect([first, second]).toEqual([
      { kind: 'empty', receipted: 23 },
      { kind: 'empty', receipted: 23 },
    ])
    expect(batches.map((batch) => batch.length)).toEqual([10, 10, 3])
    expect(batches.flat()).toEqual(Array.from({ length: 23 }, (_, i) => i + 1))
    expect(tokens).toEqual(['next', 'next', 'next'])
    const rows = await events.results(0)
    expect(rows).toHaveLength(23)
    expect(resultsByDay(rows, 'Asia/Jakarta')).toMatchObject([{ date: '2026-11-02', recorded: 23, needTeacher: 0 }])
    expect(await events.results(1_000_001)).toEqual([])
    expect((await events.counts()).queue).toBe(0)

    const big = await setUp(20, answer, { capture: 'c'.repeat(99_000) })
    await big.drain.run()
    expect(big.batches[0]).toHaveLength(9)
  })

  it('empties the outbox also when the disk is full, and forgets all but the events when it is shut out', async () => {
    const { drain, events, tickets, roster, state, forget } = await setUp(2, answer)
    await tickets.add([ticket('a', 1)], 0)
    await roster.replace('v', [{ nim: '1', name: 'Budi', kelas: 'X' }])
    await state.saveTimeToken('t')
    const pin = { salt: 'c2FsdA==', iterations: 1000, hash: 'aGFzaA==' }
    await state.saveHeartbeat({ pin } as HeartbeatReply)
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError')
    })
    expect(await drain.run()).toEqual({ kind: 'empty', receipted: 2 })
    vi.restoreAllMocks()
    expect([(await events.counts()).queue, await events.results(0)]).toEqual([0, []])
    await events.append(draft(3))
    await forget()
    expect([await tickets.count(), await roster.version(), await roster.count(), await state.timeToken()]).toEqual([
      0,
      null,
      0,
      null,
    ])
    // What waits is staff's to give up: their PIN stays.
    expect([await state.heartbeat(), await state.pin()]).toEqual([null, pin])
    expect([(await events.counts()).queue, await events.lastCounter()]).toEqual([1, 3])
  })

  it('deletes only what was receipted, also for a reason this kiosk does not know yet', async () => {
    const batches: number[] = []
    const { drain, events } = await setUp(4, (sent) => {
      batches.push(sent.length)
      const receipts: unknown[] = [
        receiptOf(draft(99)),
        { ...receiptOf(draft(1)), result: 'review', reason: 'newer_than_this_kiosk' },
        { ...receiptOf(draft(2)), result: 'new' },
      ]
      return {
        status: 200,
        body: { receipts: batches.length > 1 ? sent.map((one) => receiptOf(one)) : receipts, time_token: '' },
      }
    })
    await events.append(draft(99))
    expect(await drain.run()).toEqual({ kind: 'empty', receipted: 5 })
    expect(batches).toEqual([5, 3])
    const results = await events.results(0)
    expect(results.map(({ counter }) => counter).sort()).toEqual([1, 2, 3, 4, 5])
    expect(results.some((one) => 'name' in one)).toBe(false)
  })

  it('keeps everything while there is no whole answer, or none of our server', async () => {
    const answers: [unknown, DrainOutcome['kind'], string][] = [
      [new Error('offline'), 'later', 'no_network'],
      [{ status: 200, body: null }, 'later', 'unreadable'],
      [{ status: 200, body: { receipts: [], time_token: '' } }, 'later', 'unreadable'],
      [{ status: 302, body: null }, 'later', 'unreadable'],
      [{ status: 400, body: '<html>' }, 'later', 'unreadable'],
      [{ ...problem(429, 'slow_down'), retryAfterMs: 7000 }, 'later', 'busy_server'],
      [problem(503, 'unavailable'), 'later', 'busy_server'],
      [problem(401, 'unauthenticated'), 'stopped', 'unauthenticated'],
    ]
    let given: unknown
    const { drain, events } = await setUp(3, async () => {
      if (given instanceof Error) throw given
      return given as Answer
    })
    for (const [one, kind, why] of answers) {
      given = one
      expect(await drain.run()).toMatchObject({ kind, why, receipted: 0 })
      expect(await events.counts()).toMatchObject({ queue: 3, aside: 0 })
    }
  })

  it('finds the one event a server will not read, sets it aside for an hour, and sends the others', async () => {
    let bad = true
    const { drain, events, batches, clock } = await setUp(12, (sent) =>
      bad && sent.some(({ counter }) => counter === 4) ? problem(400, 'bad_request') : answer(sent),
    )
    expect(await drain.run()).toEqual({ kind: 'empty', receipted: 11 })
    expect(batches.length).toBeLessThan(12)
    expect(await events.counts()).toMatchObject({ queue: 1, aside: 1 })
    clock.now += 3_599_999
    bad = false
    expect(await drain.run()).toEqual({ kind: 'empty', receipted: 0 })
    clock.now += 1
    expect(await drain.run()).toEqual({ kind: 'empty', receipted: 1 })
  })

  it('makes batches smaller for a way that takes no large ones', async () => {
    const { drain, batches } = await setUp(9, (sent) => (sent.length > 3 ? { status: 413, body: null } : answer(sent)))
    expect(await drain.run()).toEqual({ kind: 'empty', receipted: 9 })
    expect(batches.map((batch) => batch.length)).toEqual([9, 5, 3, 3, 3])
  })

  it('makes batches smaller where the time runs out, and larger again', async () => {
    const open = 3
    const { drain, batches } = await setUp(9, (sent) => {
      if (sent.length <= open) return answer(sent)
      throw new Error('', { cause: new DOMException('', 'TimeoutError') })
    })
    const kinds = async () => (await drain.run()).kind
    expect([await kinds(), await kinds()]).toEqual(['later', 'later'])
    expect(await kinds()).toBe('empty')
    expect(batches.map((batch) => batch.length)).toEqual([9, 5, 3, 3, 3])
    // Where nothing goes at all, the size is not at fault.
    const cut = await setUp(4, () => Promise.reject(new Error('', { cause: new TypeError('Failed to fetch') })))
    await cut.drain.run()
    await cut.drain.run()
    expect(cut.batches.map((batch) => batch.length)).toEqual([4, 4])
  })

  it('lets the others pass an event on which the server breaks again and again', async () => {
    const { drain, events } = await setUp(3, (sent) =>
      sent.some(({ counter }) => counter === 1) ? problem(500, 'internal') : answer(sent),
    )
    const outcomes: string[] = []
    for (let i = 0; i < 9; i++) outcomes.push((await drain.run()).kind)
    expect(outcomes.at(-1)).toBe('empty')
    expect(await events.counts()).toMatchObject({ queue: 1, aside: 1 })
  })
})

it('tries again after a growing pause with jitter, at once when nudged, and rests when it is stopped', async () => {
  const pauses: number[] = []
  let fire = () => {}
  let outcome: DrainOutcome = { kind: 'later', why: 'no_network', atLeastMs: 0, receipted: 0 }
  let runs = 0
  const loop = createDrainLoop({
    run: async () => {
      runs++
      return outcome
    },
    random: () => 0.5,
    timer: (ms, call) => {
      pauses.push(ms)
      fire = call
      return () => {
        fire = () => {}
      }
    },
  })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  loop.nudge()
  for (let i = 0; i < 9; i++) {
    await turn()
    loop.appended()
    fire()
  }
  await turn()
  expect(pauses).toEqual([1500, 3000, 6000, 12_000, 24_000, 48_000, 96_000, 192_000, 225_000, 225_000])
  outcome = { kind: 'stopped', why: 'unauthenticated', receipted: 0 }
  loop.nudge()
  await turn()
  expect([runs, pauses.length]).toEqual([11, 10])
  outcome = { kind: 'empty', receipted: 1 }
  loop.appended()
  await turn()
  expect([runs, pauses.at(-1)]).toEqual([12, 1_800_000])
  loop.stop()
  loop.nudge()
  await turn()
  expect(runs).toBe(12)
})

it('asks for storage that stays, where the browser has it', async () => {
  expect(await askToPersist(undefined)).toBe('unsupported')
  expect(await askToPersist({ persisted: async () => false, persist: async () => false })).toBe('refused')
  expect(await askToPersist({ persisted: async () => true, persist: async () => false })).toBe('persisted')
})
