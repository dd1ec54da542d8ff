import { useState } from 'preact/hooks'
import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import type { ScreenProps } from '../app.tsx'
import { showCode, wholeCode } from '../code.ts'
import type { View } from '../kiosk.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { Sheet } from './sheet.tsx'

/** The code in the address, where a camera read the console's QR: `/kiosk#code=XXXXX-XXXXX`. */
const scannedCode = () => showCode(new URLSearchParams(window.location.hash.slice(1)).get('code') ?? '')

/** Pairing begins: the code of the console is typed. */
export function CodeScreen({ kiosk, wording, view }: ScreenProps & { view: Extract<View, { kind: 'code' }> }) {
  const { texts } = useStore(wording)
  const [typed, setTyped] = useState(scannedCode)
  const [short, setShort] = useState(false)
  const { problem } = view
  const insecure = problem === 'insecure'
  const wrong = short
    ? texts.code.short
    : insecure
      ? texts.code.insecure
      : problem
        ? (texts.problems[problem] ?? texts.otherProblem)
        : ''
  const submit = (event: Event) => {
    event.preventDefault()
    const code = wholeCode(typed)
    setShort(code === null)
    if (code !== null && !view.busy && !insecure) kiosk.pair(code)
  }
  return (
    <Sheet title={texts.code.title} testId="code-screen">
      <p class="lead">{texts.code.lead}</p>
      <form class="entry" onSubmit={submit}>
        <label for="code">{texts.code.label}</label>
        <input
          id="code"
          name="code"
          class="large-input numbers"
          value={typed}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          placeholder="XXXXX-XXXXX"
          aria-invalid={wrong !== ''}
          aria-describedby="code-wrong"
          onInput={(event) => setTyped(showCode(event.currentTarget.value))}
        />
        <p id="code-wrong" class="wrong" role="alert">
          {wrong}
        </p>
        <Button kind="primary" large wide type="submit" busy={view.busy} testId="pair">
          {texts.code.submit}
        </Button>
      </form>
      {problem === 'wrong_device' && (
        <Button large onPress={() => void kiosk.pairAnew()} testId="pair-anew">
          {texts.code.anew}
        </Button>
      )}
      <LanguageSwitch wording={wording} />
    </Sheet>
  )
}
