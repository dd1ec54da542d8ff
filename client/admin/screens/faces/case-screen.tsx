import { useState } from 'preact/hooks'
import { faceAdminApi } from '../../../../shared/contract/api/face-admin.ts'
import { settleCaseRequest } from '../../../../shared/contract/face.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import type { Answer } from '../../api.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatDate, formatMoment } from '../../format.ts'
import { Skeleton } from '../../parts/data-table.tsx'
import { Form, Input, Select } from '../../parts/inputs.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Sure } from '../../parts/sure.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { CaseLook } from './case-look.tsx'
import { caseTexts } from './case-texts.ts'
import './faces.css'

type FaceCase = Answer<typeof faceAdminApi.case>

const DECISIONS = settleCaseRequest.shape.decision.options
type Decision = (typeof DECISIONS)[number]

function CasePerson({ person, title }: { person: FaceCase['person']; title: string }) {
  const words = useWords(caseTexts)
  const language = useLanguage()
  return (
    <section class="panel" aria-label={title}>
      <p class="muted">{title}</p>
      <h2>
        <a href={addressOf(['students', person.id])}>{person.name}</a>
      </h2>
      <p>{[person.kelas, person.nim].filter(Boolean).join(' · ')}</p>
      <p>
        <span class={person.has_face ? 'badge good' : 'badge'}>{person.has_face ? words.hasFace : words.noFace}</span>{' '}
        <span class="muted">{words.since(formatDate(person.created_at, language))}</span>
      </p>
    </section>
  )
}

function Settle({ id, onDone }: { id: string; onDone: () => Promise<void> }) {
  const words = useWords(caseTexts)
  const { api, toasts } = useAdmin()
  const act = useAct()
  const [decision, setDecision] = useState<Decision>('two_people')
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const ready = reason.trim().length >= 3
  const settle = () =>
    act.run(async () => {
      setAsking(false)
      await api.call(faceAdminApi.settleCase, { params: { id }, body: { decision, reason } })
      toasts.say(words.settled)
      await onDone()
    })
  return (
    <section class="panel">
      <h2>{words.decideTitle}</h2>
      <Form onSend={() => ready && setAsking(true)}>
        <Select
          label={words.decideTitle}
          value={decision}
          onChange={(value) => setDecision(settleCaseRequest.shape.decision.parse(value))}
          options={DECISIONS.map((name) => [name, words.decisions[name]])}
          testId="decision"
        />
        <p class="muted">{words.means[decision]}</p>
        <Input label={words.reason} value={reason} onChange={setReason} hint={words.reasonHint} testId="case-reason" />
        {act.problem && <ProblemLine problem={act.problem} />}
        <div class="row-actions end">
          <Button kind="primary" type="submit" busy={act.busy} disabled={!ready} testId="settle">
            {words.settle}
          </Button>
        </div>
      </Form>
      {asking && (
        <Sure
          title={words.sure}
          body={`${words.decisions[decision]}. ${words.means[decision]}`}
          confirm={words.settle}
          danger={decision === 'one_person'}
          onConfirm={settle}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}

/** `/requests/cases/ID`: two accounts whose faces are one, settled with the people there: no picture of either exists. */
export function CaseScreen({ id }: { id: string }) {
  const words = useWords(caseTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api } = useAdmin()
  const { data, problem, reload } = useAsk(id, () => api.call(faceAdminApi.case, { params: { id } }))
  return (
    <Page
      title={data ? `${data.person.name} / ${data.other.name}` : words.title}
      lead={data ? words.opened(formatMoment(data.created_at, language)) : ' '}
    >
      <a href={addressOf(['requests', 'cases'])}>← {words.back}</a>
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
      {data === null && !problem && <Skeleton label={general.loading} lines={4} />}
      {data && (
        <>
          <div class="pair">
            <CasePerson person={data.person} title={words.enrolling} />
            <CasePerson person={data.other} title={words.enrolled} />
          </div>
          {data.state === 'open' ? (
            <>
              <Notice kind="info">{words.noPicture}</Notice>
              <CaseLook people={[data.person, data.other]} kelas={data.other.kelas} />
              <Settle id={id} onDone={reload} />
            </>
          ) : (
            <div data-testid="case-settled">
              <Notice kind="info" title={`${words.settledTitle}: ${words.decisions[data.state]}`}>
                {data.reason}
              </Notice>
              {data.state !== 'one_person' && (
                <p>
                  <a href={addressOf(['students', data.person.id, 'face'])}>{words.enrolNow(data.person.name)}</a>
                </p>
              )}
            </div>
          )}
        </>
      )}
    </Page>
  )
}
