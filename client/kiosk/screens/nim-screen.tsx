import { useEffect, useRef, useState } from 'preact/hooks'
import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { ScreenProps } from '../app.tsx'
import { Sheet } from './sheet.tsx'
import { useIdle } from './use-idle.ts'

/** As `nimSchema` of the contract has it; Zod itself would be half of the first load. */
const NIM = /^[A-Za-z0-9./-]{1,32}$/
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '0'] as const
/** Nobody typed for this long: back to the door, ms. */
const IDLE_MS = 20_000

/** A keypad for the NIM; a keyboard works as well. */
export function NimScreen({ kiosk, wording }: ScreenProps) {
  const { texts } = useStore(wording)
  const [nim, setNim] = useState('')
  const [pressed, setPressed] = useState(false)
  const press = (change: (now: string) => string) => {
    setPressed(true)
    setNim(change)
  }
  const field = useRef<HTMLInputElement>(null)
  useIdle(IDLE_MS, kiosk.cancel)
  useEffect(() => field.current?.focus(), [])
  /** A tablet has no keys but those it draws: its own keyboard comes for letters only. */
  const openKeyboard = () => {
    if (!field.current) return
    field.current.inputMode = 'text'
    field.current.blur()
    field.current.focus()
  }
  const ready = NIM.test(nim.trim())
  const submit = (event: Event) => {
    event.preventDefault()
    if (ready) kiosk.claim({ nim: nim.trim(), name: null, kelas: null })
    else field.current?.focus()
  }
  return (
    <Sheet title={texts.nim.title} testId="nim-screen" over>
      <form class="entry keypad" onSubmit={submit}>
        <label for="nim" class="hidden-text">
          {texts.nim.label}
        </label>
        <input
          id="nim"
          name="nim"
          ref={field}
          class="large-input numbers"
          value={nim}
          maxLength={32}
          inputMode="none"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          onInput={(event) => {
            setPressed(false)
            setNim(event.currentTarget.value)
          }}
        />
        {/* Pressing a key moves the focus away from the field, where its letters would be read out. */}
        <div class="hidden-text" aria-live="polite">
          {pressed && nim.split('').join(' ')}
        </div>
        <div class="keys">
          {KEYS.map((key) => (
            <button key={key} type="button" onClick={() => press((now) => (now + key).slice(0, 32))}>
              {key}
            </button>
          ))}
          <button type="button" aria-label={texts.nim.erase} onClick={() => press((now) => now.slice(0, -1))}>
            <Icon name="back" size={28} />
          </button>
        </div>
        <Button kind="quiet" onPress={openKeyboard} testId="nim-letters">
          {texts.nim.other}
        </Button>
        <div class="pair">
          <Button large onPress={kiosk.cancel}>
            {texts.cancel}
          </Button>
          <Button kind="primary" large type="submit" disabled={!ready} testId="nim-next">
            {texts.nim.next}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
