import { useEffect } from 'preact/hooks'
import { CONSENT_VERSION } from '../../../../shared/contract/consents.ts'
import { consentEn } from '../../../core/consent-en.ts'
import { consentId } from '../../../core/consent-id.ts'
import { ConsentSections } from '../../../ui/consent-sections.tsx'
import { useLanguage, useWords } from '../../app-context.ts'
import { consentTexts } from './texts.ts'

/** The text in force with lines to sign on, printed as soon as it is there; on the screen nothing of it is seen. */
export function ConsentSheet({ onPrinted }: { onPrinted: () => void }) {
  const words = useWords(consentTexts)
  const text = useLanguage() === 'en' ? consentEn : consentId
  useEffect(() => {
    addEventListener('afterprint', onPrinted)
    window.print()
    return () => removeEventListener('afterprint', onPrinted)
  }, [])
  return (
    <div class="on-paper consent-sheet" data-testid="consent-sheet">
      <h1>{words.school}</h1>
      <p>{text.lead}</p>
      <ConsentSections text={text} />
      <p>
        {text.otherwise} {text.minors}
      </p>
      <p>
        <strong>{text.agree}</strong> {text.version(CONSENT_VERSION)}
      </p>
      <dl class="to-sign">
        {words.lines.map((line) => (
          <div key={line}>
            <dt>{line}</dt>
            <dd />
          </div>
        ))}
      </dl>
    </div>
  )
}
