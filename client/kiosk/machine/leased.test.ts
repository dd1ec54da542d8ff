import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import type { Ticket } from '../../../shared/contract/capture.ts'
import { openOutbox } from '../../outbox/outbox.ts'
import { createLeasedTickets } from './leased.ts'

const ticket = (id: string) => ({ id, challenges: ['smile'], slow: false, expires_in: 86_400 }) as unknown as Ticket

it('gives twice the time to whom the roster says so, and to nobody after her', async () => {
  const outbox = openOutbox('kiosk-1', { indexedDB: new IDBFactory(), IDBKeyRange })
  await outbox.tickets.add([ticket('a'), ticket('b')], 0)
  await outbox.roster.replace('v1', [
    { nim: '1', name: 'Ani', kelas: 'X-1', slow: true },
    { nim: '2', name: 'Budi', kelas: 'X-1' },
  ])
  const clock = { now: () => ({ ms: 0, trusted: true }) } as Parameters<typeof createLeasedTickets>[0]['clock']
  let now = 0
  const leased = createLeasedTickets({ outbox, clock, steady: () => now })
  const hers = await leased.take('1')
  expect(hers).toMatchObject({ id: 'a', slow: true })
  if (typeof hers === 'string') throw new Error(hers)
  leased.giveBack(hers)
  expect(await leased.take('2')).toMatchObject({ id: 'a', slow: false })
  expect(await leased.take(null)).toMatchObject({ id: 'b', slow: false })
  expect(await leased.take('1')).toBe('no_tickets')

  // Given back on Monday, it is no ticket for Friday.
  leased.giveBack(hers)
  now = 10 * 60_000
  expect(await leased.take('2')).toBe('no_tickets')
})

it('has none left once those it has are over', async () => {
  const outbox = openOutbox('kiosk-1', { indexedDB: new IDBFactory(), IDBKeyRange })
  await outbox.tickets.add([ticket('a')], 0)
  let ms = 86_400_000
  const clock = { now: () => ({ ms, trusted: true }) } as Parameters<typeof createLeasedTickets>[0]['clock']
  const leased = createLeasedTickets({ outbox, clock, steady: () => 0 })
  expect(await leased.take(null)).toBe('no_tickets')
  ms -= 1
  expect(await leased.take(null)).toMatchObject({ id: 'a' })
})
