import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { expect, it, onTestFinished, vi } from 'vitest'
import { type ApiCode, ApiProblem } from '../../core/api-problem.ts'
import { createKioskClock } from '../../outbox/kiosk-clock.ts'
import { openOutbox } from '../../outbox/outbox.ts'
import type { KioskServer } from './server.ts'
import { startUpkeep } from './upkeep.ts'

const ticket = (id: string) => ({ id, challenges: ['blink'], slow: false, expires_in: 86_400 })
const reply = { time_token: 't', epoch_ms: 1000, roster_version: 'v1', stock_target: 2, renew_within: 43_200 }
const full = () => {
  throw new DOMException('no room', 'QuotaExceededError')
}

/** All of it is done in some turns; the processor may be busy. */
const SOON = { timeout: 10_000 }

/** A kiosk's upkeep before a server that answers; what it was asked, and what the kiosk was told. */
function setUp(server: Partial<KioskServer> = {}) {
  const outbox = openOutbox('kiosk-1', { indexedDB: new IDBFactory(), IDBKeyRange })
  const told: string[] = []
  const leases: string[] = []
  const clock = createKioskClock(
    () => 0,
    () => 0,
  )
  const upkeep = startUpkeep({
    server: {
      heartbeat: async () => reply,
      roster: async () => ({ students: [], total: 0 }),
      lease: async ({ id }: { id: string }) => {
        leases.push(id)
        return { tickets: [ticket(`${id} 1`), ticket(`${id} 2`)], stock_target: 2 }
      },
      ...server,
    } as unknown as KioskServer,
    ...{ outbox, clock, version: '1' },
    onBeat: () => void told.push('beat'),
    onAway: (answered) => void told.push(answered ? 'answered' : 'away'),
    onShutOut: () => void told.push('shut out'),
    onStock: () => void told.push('stock'),
  })
  onTestFinished(upkeep.stop)
  return { outbox, told, leases, upkeep }
}

it('stays online while its storage fails, and asks for the same tickets until they are kept', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => void vi.restoreAllMocks())
  const { add } = IDBObjectStore.prototype
  const disk = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(full)
  const { outbox, told, leases, upkeep } = setUp()
  await vi.waitFor(() => expect(told).toEqual(['beat', 'stock']), SOON)
  disk.mockImplementation(add)
  upkeep.beat()
  await vi.waitFor(() => expect(told).toEqual(['beat', 'stock', 'beat', 'stock', 'stock']), SOON)
  expect(leases[1]).toBe(leases[0])
  expect(await outbox.tickets.count()).toBe(2)
})

it('is away when the server does not answer, and shut out when it does not know the kiosk', async () => {
  const problem = (code: ApiCode, known: boolean) => () =>
    Promise.reject(new ApiProblem(code, '', undefined, known ? ({ code } as never) : undefined))
  const away = setUp({ heartbeat: problem('no_network', false) })
  await vi.waitFor(() => expect(away.told).toEqual(['away', 'stock']), SOON)
  // Of another version, or a sign-in page of the network: only the first may put a new version in place.
  for (const [code, known, told] of [
    ['bad_request', true, 'answered'],
    ['not_found', true, 'answered'],
    ['internal', false, 'answered'],
    ['forbidden', false, 'away'],
    ['unavailable', true, 'away'],
  ] as const) {
    const one = setUp({ heartbeat: problem(code, known) })
    await vi.waitFor(() => expect(one.told).toEqual([told, 'stock']), SOON)
  }
  // Slow at the roster, it was heard all the same.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => void vi.restoreAllMocks())
  const cut = setUp({ roster: problem('no_network', false) })
  await vi.waitFor(() => expect(cut.told).toEqual(['beat', 'stock']), SOON)
  const out = setUp({ lease: problem('unauthenticated', true) })
  await vi.waitFor(() => expect(out.told).toEqual(['beat', 'shut out', 'stock']), SOON)
})

it('leases others in the place of tickets that end within half a lease, and keeps those until they end', async () => {
  const { outbox, leases, told, upkeep } = setUp()
  await vi.waitFor(() => expect(told).toEqual(['beat', 'stock', 'stock']), SOON)
  await outbox.tickets.take(1000)
  await outbox.tickets.add([{ ...ticket('old'), expires_in: 43_200 } as never], 1000)
  upkeep.beat()
  await vi.waitFor(() => expect(leases).toHaveLength(2), SOON)
  await vi.waitFor(async () => expect(await outbox.tickets.count()).toBe(4), SOON)
  expect((await outbox.tickets.take(1000))?.id).toBe('old')
})

it('puts nothing back once it is stopped, whatever it had asked for', async () => {
  const answers: (() => void)[] = []
  const later =
    <T>(value: T) =>
    () =>
      new Promise<T>((resolve) => answers.push(() => resolve(value)))
  const students = [{ nim: '1', name: 'Ani', kelas: null }]
  const { outbox, upkeep, told } = setUp({ roster: later({ students, total: 1, version: 'v1' }) })
  await vi.waitFor(() => expect(answers).toHaveLength(1), SOON)
  // Shut out: what it keeps of the school goes.
  upkeep.stop()
  await outbox.forget()
  answers[0]?.()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await outbox.roster.find('1')).toBeNull()
  expect([await outbox.roster.version(), await outbox.tickets.count()]).toEqual([null, 0])
  expect(told).toEqual(['beat'])
})
