import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import type { ScreenProps } from '../app.tsx'
import type { View } from '../kiosk.ts'
import { Sheet } from './sheet.tsx'
import { useIdle } from './use-idle.ts'

/** Nobody typed for this long: back to the door, ms. */
const IDLE_MS = 20_000

/** The staff PIN, before the settings and the way out, and before what waits is thrown away. */
export function PinScreen({ kiosk, wording, view }: ScreenProps & { view: Extract<View, { kind: 'pin' }> }) {
  const { texts } = useStore(wording)
  const { opens, problem, tries } = view
  const [pin, setPin] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  useIdle(IDLE_MS, kiosk.cancel)
  const submit = (event: Event) => {
    event.preventDefault()
    if (pin === '') return
    kiosk.tryPin(pin)
    setPin('')
  }
  return (
    <Sheet title={texts.pin.title} testId="pin-screen" over={opens === 'settings'}>
      <form class="entry" onSubmit={submit}>
        <label for="pin">PIN</label>
        <input
          id="pin"
          name="pin"
          ref={field}
          class="large-input"
          type="password"
          inputMode="numeric"
          autocomplete="off"
          value={pin}
          aria-describedby="pin-wrong"
          onInput={(event) => setPin(event.currentTarget.value)}
        />
        {/* Each wrong one anew, or it would be told once only. */}
        <p id="pin-wrong" key={tries} class="wrong" role="alert">
          {problem === null ? '' : texts.pin[problem]}
        </p>
        <div class="pair">
          <Button large onPress={kiosk.cancel}>
            {texts.cancel}
          </Button>
          <Button kind={opens === 'lose' ? 'danger' : 'primary'} large type="submit" testId="pin-open">
            {texts.pin.next[opens]}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
