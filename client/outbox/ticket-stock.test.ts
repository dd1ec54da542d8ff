import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import type { Ticket } from '../../shared/contract/capture.ts'
import type { ChallengeName } from '../../shared/liveness/challenges.ts'
import { openOutbox } from './outbox.ts'

const ticket = (id: string, days: number, challenges: ChallengeName[]) =>
  ({ id, challenges, expires_in: days * 86_400 }) as Ticket

it('chooses for a person a ticket she can do, the one that ends soonest, and leaves her the others', async () => {
  const { tickets } = openOutbox('kiosk-1', { indexedDB: new IDBFactory(), IDBKeyRange })
  await tickets.add(
    [
      ticket('a', 1, ['turn-left']),
      ticket('b', 2, ['blink', 'turn-right']),
      ticket('c', 3, ['smile']),
      ticket('d', 4, ['smile']),
      ticket('e', 5, ['turn-left']),
    ],
    0,
  )
  const noTurns: ChallengeName[] = ['turn-left', 'turn-right']
  expect((await tickets.take(0, noTurns))?.id).toBe('c')
  expect((await tickets.take(0))?.id).toBe('a')
  // The clock is not to be trusted: the one that lives longest of those.
  expect((await tickets.take(null, noTurns))?.id).toBe('d')
  expect(await tickets.take(0, noTurns)).toBeNull()
  expect(await tickets.take(null, noTurns)).toBeNull()
  expect(await tickets.count()).toBe(2)
  expect([await tickets.count(2 * 86_400_000), await tickets.count(5 * 86_400_000)]).toEqual([1, 0])
  expect((await tickets.take(null, []))?.id).toBe('e')
})

it('keeps the id of a lease until its tickets are kept, and adds nothing of a lease that has ended', async () => {
  const indexedDB = new IDBFactory()
  const open = () => openOutbox('kiosk-1', { indexedDB, IDBKeyRange }).tickets
  expect(await open().leaseId('one')).toBe('one')
  // Restarted before the reply came: asked again with the same id, here by two windows.
  const [here, there] = [open(), open()]
  expect([await here.leaseId('two'), await there.leaseId('three')]).toEqual(['one', 'one'])
  await here.add([ticket('a', 1, ['smile'])], 0, 'one')
  expect((await here.take(0))?.id).toBe('a')
  // The other window's reply comes late: that ticket is used.
  await there.add([ticket('a', 1, ['smile'])], 0, 'one')
  expect(await there.count()).toBe(0)
  expect(await there.leaseId('four')).toBe('four')
})

it('keeps what a student is not to be asked for with her name', async () => {
  const { roster } = openOutbox('kiosk-1', { indexedDB: new IDBFactory(), IDBKeyRange })
  await roster.replace('v1', [
    { nim: '1', name: 'Ani', kelas: 'X-1', cannot: ['blink'] },
    { nim: '2', name: 'Budi', kelas: null },
  ])
  expect(await roster.find('1')).toEqual({ nim: '1', name: 'Ani', kelas: 'X-1', cannot: ['blink'] })
  expect(await roster.find('2')).toEqual({ nim: '2', name: 'Budi', kelas: null })
})
