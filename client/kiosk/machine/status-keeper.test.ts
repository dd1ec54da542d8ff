import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createStore } from '../../core/store.ts'
import { createKioskClock } from '../../outbox/kiosk-clock.ts'
import { openOutbox } from '../../outbox/outbox.ts'
import { EMPTY_STATUS, type Status } from '../kiosk.ts'
import { createStatusKeeper } from './status-keeper.ts'

/** A kiosk whose storage was full, in a browser that says this of the room left. */
function setUp(estimate: (() => Promise<StorageEstimate>) | undefined) {
  vi.stubGlobal('navigator', { storage: { estimate } })
  onTestFinished(() => void vi.unstubAllGlobals())
  const status = createStore<Status>({ ...EMPTY_STATUS, stop: 'storage_full' })
  const outbox = openOutbox('kiosk-1', { indexedDB: new IDBFactory(), IDBKeyRange })
  const clock = createKioskClock(
    () => 0,
    () => 0,
  )
  return { status, keeper: createStatusKeeper(status, outbox, clock) }
}

it('tries a full storage again when there is room, or after events left where the browser does not say', async () => {
  const silent = setUp(undefined)
  await silent.keeper.count()
  expect(silent.status.get().stop).toBe('storage_full')
  await silent.keeper.count(true)
  expect(silent.status.get().stop).toBeNull()
  const full = setUp(async () => ({ quota: 100_000_000, usage: 99_000_000 }))
  await full.keeper.count(true)
  expect(full.status.get().stop).toBe('storage_full')
  const roomy = setUp(async () => ({ quota: 100_000_000, usage: 1_000_000 }))
  await roomy.keeper.count()
  expect(roomy.status.get().stop).toBeNull()
})
