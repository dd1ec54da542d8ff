import { expect, it, vi } from 'vitest'
import { createStore } from '../../core/store.ts'
import type { View } from '../kiosk.ts'
import type { PinCheck } from './pin.ts'
import { createStaff } from './staff.ts'

const IDLE: View = { kind: 'idle', hint: null, claim: null }

function setUp() {
  const view = createStore<View>(IDLE)
  const lose = vi.fn()
  const check: PinCheck['check'] = async (typed) => (typed === '2468' ? 'right' : 'wrong')
  return { view, lose, staff: createStaff({ view, lose, pin: { isSet: () => true, check } }) }
}

it('opens the settings, and loses what waits, behind the PIN only', async () => {
  const { view, lose, staff } = setUp()
  staff.ask('settings')
  expect(view.get()).toEqual({ kind: 'pin', opens: 'settings', problem: null, tries: 0 })
  await staff.tryPin('1')
  await staff.tryPin('2')
  expect(view.get()).toEqual({ kind: 'pin', opens: 'settings', problem: 'wrong', tries: 2 })
  await staff.tryPin('2468')
  expect(view.get()).toEqual({ kind: 'settings' })
  staff.ask('lose')
  expect([view.get().kind, lose.mock.calls.length]).toEqual(['pin', 0])
  await staff.tryPin('2468')
  expect(lose).toHaveBeenCalledOnce()
})

it('opens nothing where she went back while it was checked', async () => {
  const { view, staff } = setUp()
  staff.ask('settings')
  const checked = staff.tryPin('2468')
  view.set(IDLE)
  await checked
  expect(view.get()).toEqual(IDLE)
})
