import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import type { ScreenProps } from '../app.tsx'
import { Sheet } from './sheet.tsx'
import { useIdle } from './use-idle.ts'

/** Nobody typed for this long: back to the door, ms. */
const IDLE_MS = 20_000

/** The staff PIN, before the settings and the way out. */
export function PinScreen({ kiosk, wording, wrong }: ScreenProps & { wrong: boolean }) {
  const { texts } = useStore(wording)
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
    <Sheet title={texts.pin.title} testId="pin-screen" over>
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
        <p id="pin-wrong" class="wrong" role="alert">
          {wrong ? texts.pin.wrong : ''}
        </p>
        <div class="pair">
          <Button large onPress={kiosk.cancel}>
            {texts.cancel}
          </Button>
          <Button kind="primary" large type="submit" testId="pin-open">
            {texts.pin.next}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
