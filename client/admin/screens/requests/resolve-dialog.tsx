import { useState } from 'preact/hooks'
import type { z } from 'zod'
import { kioskEventsApi } from '../../../../shared/contract/api/kiosk-events.ts'
import type { resolveEventRequest, StaffEvent } from '../../../../shared/contract/kiosk-events.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { Form, Input, Select } from '../../parts/inputs.tsx'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useSchool } from '../../parts/use-school.ts'
import { common } from '../../texts.ts'
import { claimOf } from './claim-of.ts'
import { eventTexts } from './event-texts.ts'
import { type Choice, StudentChoice } from './student-choice.tsx'

const PRESENT = ['hadir', 'terlambat'] as const
type Request = z.input<typeof resolveEventRequest>

interface ResolveDialogProps {
  readonly event: StaffEvent
  readonly onClose: () => void
  /** Decided; `said` tells how. */
  readonly onDone: (said: string) => Promise<void>
}

/** Who was there, or nobody: a person's word about what a kiosk captured. */
export function ResolveDialog({ event, onClose, onDone }: ResolveDialogProps) {
  const words = useWords(eventTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api } = useAdmin()
  const act = useAct()
  const school = useSchool()
  const [decision, setDecision] = useState<string>('present')
  const [student, setStudent] = useState<Choice | null>(event.person ?? event.claim)
  const [session, setSession] = useState('')
  const [status, setStatus] = useState('')
  const [reason, setReason] = useState('')
  const dismissing = decision === 'dismiss'
  const ready = dismissing ? reason.trim().length >= 3 : student !== null
  const { person, claim } = event
  const likely = [person, claim?.id === person?.id ? null : claim].filter((one) => one !== null)
  const body = (): Request => {
    if (dismissing || student === null) return { decision: 'dismiss', reason }
    const chosen = PRESENT.find((name) => name === status)
    return {
      decision: 'present',
      user_id: student.id,
      ...(session === '' ? {} : { session_id: session }),
      ...(chosen === undefined ? {} : { status: chosen }),
      ...(reason.trim() === '' ? {} : { reason }),
    }
  }
  const send = () =>
    act.run(async () => {
      await api.call(kioskEventsApi.resolve, { params: { id: event.id }, body: body() })
      await onDone(dismissing ? words.dismissed : words.recorded(student?.name ?? ''))
    })
  return (
    <Modal
      title={words.title(`${event.kiosk.label} · ${event.kiosk.room}`, formatMoment(event.captured_at, language))}
      wide
      onClose={onClose}
    >
      <dl class="facts">
        <div>
          <dt>{words.claimed}</dt>
          <dd>{claimOf(event, language)}</dd>
        </div>
        <div>
          <dt>{words.why}</dt>
          <dd>{event.reasons.map((name) => words.reasons[name]).join(', ')}</dd>
        </div>
        {!event.time_trusted && (
          <div>
            <dt>{words.received}</dt>
            <dd>{formatMoment(event.received_at, language)}</dd>
          </div>
        )}
      </dl>
      {event.reasons.includes('another_day') && <Notice kind="warn">{words.anotherDay}</Notice>}
      <Form onSend={() => ready && send()}>
        <Select
          label={words.what}
          value={decision}
          onChange={setDecision}
          testId="event-decision"
          options={[
            ['present', words.present],
            ['dismiss', words.dismiss],
          ]}
        />
        {!dismissing && (
          <>
            <StudentChoice likely={likely} chosen={student} onChoose={setStudent} />
            <div class="filters">
              <Select
                label={words.session}
                value={session}
                onChange={setSession}
                options={[
                  ['', words.auto],
                  ...(school.data?.sessions ?? []).map(({ id, name }) => [id, name] as const),
                ]}
              />
              <Select
                label={words.status}
                value={status}
                onChange={setStatus}
                options={[['', words.auto], ...PRESENT.map((name) => [name, general.status[name]] as const)]}
              />
            </div>
          </>
        )}
        <Input
          label={words.reason}
          hint={dismissing ? words.reasonHint : words.reasonOptional}
          value={reason}
          onChange={setReason}
          testId="event-reason"
        />
        {act.problem && <ProblemLine problem={act.problem} />}
        <div class="row-actions end">
          <Button onPress={onClose}>{general.cancel}</Button>
          <Button
            kind={dismissing ? 'danger' : 'primary'}
            type="submit"
            busy={act.busy}
            disabled={!ready}
            testId="event-send"
          >
            {dismissing ? words.dismiss : words.record}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
