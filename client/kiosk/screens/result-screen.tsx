import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { wordsOf } from '../announce.ts'
import type { ScreenProps } from '../app.tsx'
import type { Result } from '../kiosk.ts'

/** Colour and sign of a result: never the colour alone. */
const LOOKS: Readonly<
  Record<Result['kind'], { readonly tone: 'good' | 'warn' | 'info' | 'bad'; readonly icon: IconName }>
> = {
  recorded: { tone: 'good', icon: 'check' },
  late: { tone: 'warn', icon: 'clock' },
  left: { tone: 'good', icon: 'forward' },
  already: { tone: 'info', icon: 'check' },
  absent: { tone: 'warn', icon: 'info' },
  provisional: { tone: 'info', icon: 'paper' },
  unknown: { tone: 'bad', icon: 'ask' },
  ambiguous: { tone: 'warn', icon: 'ask' },
  not_live: { tone: 'warn', icon: 'warn' },
  not_yours: { tone: 'bad', icon: 'cross' },
  holiday: { tone: 'info', icon: 'info' },
  closed: { tone: 'bad', icon: 'clock' },
  slow: { tone: 'warn', icon: 'clock' },
  retry: { tone: 'warn', icon: 'ask' },
  no_fit: { tone: 'warn', icon: 'person' },
  not_saved: { tone: 'bad', icon: 'warn' },
}

/** What came of a walk, to be read from two metres; it goes by itself. */
export function ResultScreen({ kiosk, wording, result }: ScreenProps & { result: Result }) {
  const { texts } = useStore(wording)
  const { title, who, kelas, said, detail } = wordsOf(result, texts)
  const { tone, icon } = LOOKS[result.kind]
  const askNim = result.kind === 'unknown' || result.kind === 'ambiguous'
  return (
    <section class={`result over ${tone}`} data-testid="result" data-result={result.kind}>
      <span class="badge">
        <Icon name={icon} size={96} />
      </span>
      <h1>{title}</h1>
      {who && <p class="who">{who}</p>}
      {kelas && <p class="kelas">{kelas}</p>}
      {said && <p class="said">{said}</p>}
      {detail && <p class="detail">{detail}</p>}
      {askNim && (
        <Button large onPress={kiosk.typeNim} testId="result-nim">
          {texts.useNim}
        </Button>
      )}
    </section>
  )
}
