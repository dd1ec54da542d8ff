import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import type { ScreenProps } from '../app.tsx'
import { Sheet } from './sheet.tsx'

/** Waits until somebody at the console has compared this with what she sees. */
export function FingerprintScreen({ kiosk, wording, fingerprint }: ScreenProps & { fingerprint: string }) {
  const { texts } = useStore(wording)
  return (
    <Sheet title={texts.fingerprint.title} testId="fingerprint-screen">
      <p class="lead">{texts.fingerprint.lead}</p>
      <p class="fingerprint" data-testid="fingerprint">
        {fingerprint.split('-').map((part, at) => (
          <span key={`${at}-${part}`}>{part}</span>
        ))}
      </p>
      <p class="quiet">
        <span class="spinner" /> {texts.fingerprint.waiting}
      </p>
      <Button kind="quiet" onPress={() => void kiosk.pairAnew()}>
        {texts.fingerprint.anew}
      </Button>
    </Sheet>
  )
}
