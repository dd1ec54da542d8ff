import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createStore } from '../../core/store.ts'
import { createKioskClock } from '../../outbox/kiosk-clock.ts'
import { openOutbox } from '../../outbox/outbox.ts'
import { EMPTY_STATUS, type Status, type Stop } from '../kiosk.ts'
import { createStatusKeeper } from './status-keeper.ts'

it.each([
  ['full', 'QuotaExceededError'],
  ['failed', 'UnknownError'],
])(
  'tries a storage that is %s again with a capture’s size, whatever the browser says of its quota',
  async (why, name) => {
    vi.stubGlobal('navigator', { storage: { estimate: async () => ({ quota: 10_000_000_000, usage: 1 }) } })
    const { put } = IDBObjectStore.prototype
    const disk = vi.spyOn(IDBObjectStore.prototype, 'put')
    onTestFinished(() => {
      vi.unstubAllGlobals()
      vi.restoreAllMocks()
    })
    const status = createStore<Status>({ ...EMPTY_STATUS, stop: `storage_${why}` as Stop })
    const outbox = openOutbox('kiosk-1', { indexedDB: new IDBFactory(), IDBKeyRange })
    const clock = createKioskClock(
      () => 0,
      () => 0,
    )
    const keeper = createStatusKeeper(status, outbox, clock)
    let tried = 0
    disk.mockImplementation((value: { value: Uint8Array[] }) => {
      tried = value.value.reduce((sum, { length }) => sum + length, 0)
      throw new DOMException('nothing was written', name)
    })
    await keeper.count()
    expect(status.get().stop).toBe(`storage_${why}`)
    expect(tried).toBeGreaterThan(200_000)
    disk.mockImplementation(put)
    await keeper.count()
    expect(status.get().stop).toBeNull()
  },
)
