import { useState } from 'preact/hooks'
import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { ScreenProps } from '../app.tsx'
import { Sheet } from './sheet.tsx'

/** The kiosk was shut out: nobody is taken, unless the server comes to know it again. */
export function RevokedScreen({ kiosk, wording, refused }: ScreenProps & { refused: boolean }) {
  const { texts } = useStore(wording)
  const { queue } = useStore(kiosk.status)
  const [anew, setAnew] = useState<'not tried' | 'busy' | 'stays'>('not tried')
  const unanswered = anew === 'stays' && !refused ? `${texts.revoked.unanswered} ` : ''
  const tryAnew = () => {
    setAnew('busy')
    void kiosk.pairAnew().finally(() => setAnew('stays'))
  }
  return (
    <Sheet title={texts.revoked.title} testId="revoked-screen" class="bad">
      <Icon name="lock" size={72} />
      <p class="lead">{texts.revoked.body}</p>
      {queue > 0 && (
        <p class="lead" aria-live="assertive">
          {refused ? texts.revoked.refused(queue) : unanswered + texts.revoked.left(queue)}
        </p>
      )}
      <Button large busy={anew === 'busy'} onPress={tryAnew}>
        {texts.revoked.anew}
      </Button>
      {queue > 0 && refused && (
        <Button kind="danger" large onPress={() => void kiosk.pairAnew(true)}>
          {texts.revoked.lose(queue)}
        </Button>
      )}
    </Sheet>
  )
}
