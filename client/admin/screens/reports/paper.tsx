import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../../ui/button.tsx'
import { useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { common } from '../../texts.ts'
import { reportTexts } from './texts.ts'

interface PaperProps {
  readonly school: string
  readonly title: string
  /** The period and what it was narrowed to. */
  readonly about: readonly string[]
  readonly children: ComponentChildren
}

/** A report that can be printed: on paper it has a head with the school, the period and the time, and a line to sign on. */
export function Paper({ school, title, about, children }: PaperProps) {
  const words = useWords(reportTexts)
  const language = useLanguage()
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const take = () => setNow(new Date())
    addEventListener('beforeprint', take)
    return () => removeEventListener('beforeprint', take)
  }, [])
  return (
    <article class="report">
      <header class="paper-only" data-testid="paper-head">
        <p class="paper-school">{school}</p>
        <h1>{title}</h1>
        <p>{about.join(' · ')}</p>
        <p>{words.printed(formatMoment(now.toISOString(), language))}</p>
      </header>
      {children}
      <footer class="paper-only signature">
        <p>{words.known}</p>
        <div class="signature-line" />
        <p>{words.signer}</p>
      </footer>
    </article>
  )
}

/** Opens the browser's print dialog. */
export function PrintButton() {
  const general = useWords(common)
  return (
    <Button onPress={() => window.print()} testId="print">
      {general.print}
    </Button>
  )
}
