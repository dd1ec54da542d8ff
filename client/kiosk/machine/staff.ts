import type { Store } from '../../core/store.ts'
import type { View } from '../kiosk.ts'
import type { PinCheck } from './pin.ts'

/** What is behind the staff PIN: the settings, and giving up what waits on a kiosk that was shut out. */
type Behind = Extract<View, { kind: 'pin' }>['opens']

/** Asks for the PIN, where there is one, before it does what only staff may do. */
export function createStaff({
  view,
  pin,
  lose,
}: {
  readonly view: Store<View>
  readonly pin: Pick<PinCheck, 'isSet' | 'check'>
  /** Throws away what waits, with the key that signed it. */
  lose(): void
}): { ask(opens: Behind): void; tryPin(typed: string): Promise<void> } {
  const open = (opens: Behind) => {
    if (opens === 'settings') view.set({ kind: 'settings' })
    else lose()
  }
  return {
    ask(opens) {
      if (pin.isSet()) view.set({ kind: 'pin', opens, problem: null, tries: 0 })
      else open(opens)
    },
    async tryPin(typed) {
      const checked = await pin.check(typed)
      // It takes a moment, in which she may have gone back.
      const now = view.get()
      if (now.kind !== 'pin') return
      if (checked === 'right') open(now.opens)
      else view.set({ ...now, problem: checked, tries: now.tries + 1 })
    },
  }
}
