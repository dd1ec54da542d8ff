import { useState } from 'preact/hooks'
import { consentLedgerApi } from '../../../../shared/contract/api/consent-ledger.ts'
import { CONSENT_VERSION } from '../../../../shared/contract/consents.ts'
import { schoolDay } from '../../../core/clock.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useWords } from '../../app-context.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Check, Form } from '../../parts/inputs.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { faceTexts } from './texts.ts'

/** A consent given on paper is entered before any camera opens: hers, or her guardian's where only that is missing. */
export function ConsentEntry(props: {
  readonly nim: string
  readonly name: string
  readonly state: 'missing' | 'guardian_missing' | 'withdrawn'
  readonly onEntered: () => void
}) {
  const words = useWords(faceTexts)
  const { api } = useAdmin()
  const act = useAct()
  const [day, setDay] = useState(schoolDay)
  const [seen, setSeen] = useState(false)
  const [later, setLater] = useState(false)
  const kind = props.state === 'guardian_missing' ? 'guardian' : 'self'
  const ready = seen && day !== ''
  const send = () =>
    act.run(async () => {
      setLater(false)
      const body = { version: CONSENT_VERSION, consents: [{ nim: props.nim, kind, given_on: day } as const] }
      const { withdrawn_since } = await api.call(consentLedgerApi.bulk, { body })
      if (withdrawn_since.length > 0) setLater(true)
      else props.onEntered()
    })
  return (
    <section class="panel" data-testid="consent-entry">
      <h2>{words.consentTitle[kind](props.name)}</h2>
      <p>{words.consentBody}</p>
      {props.state === 'withdrawn' && <Notice kind="warn">{words.consentWithdrawn}</Notice>}
      <Form onSend={() => ready && send()}>
        <DateInput label={words.consentDay} value={day} onChange={setDay} testId="consent-day" />
        <Check label={words.consentSeen[kind](CONSENT_VERSION)} checked={seen} onChange={setSeen} />
        {later && (
          <Notice kind="bad" alert>
            {words.consentLater}
          </Notice>
        )}
        {act.problem && <ProblemLine problem={act.problem} />}
        <div class="row-actions end">
          <Button kind="primary" type="submit" busy={act.busy} disabled={!ready} testId="consent-save">
            {words.consentSave}
          </Button>
        </div>
      </Form>
    </section>
  )
}
