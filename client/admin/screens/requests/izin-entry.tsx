import { useState } from 'preact/hooks'
import { izinApi } from '../../../../shared/contract/api/izin.ts'
import { schoolDay } from '../../../core/clock.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useWords } from '../../app-context.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Form, Select, TextArea } from '../../parts/inputs.tsx'
import { Modal } from '../../parts/modal.tsx'
import { onePress } from '../../parts/one-press.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { izinTexts } from './izin-texts.ts'
import { type Choice, StudentChoice } from './student-choice.tsx'
import { requestTexts } from './texts.ts'

const KINDS = ['izin', 'sakit'] as const

interface IzinEntryProps {
  /** Null: she is chosen in the dialog. */
  readonly student: { readonly id: string; readonly name: string } | null
  readonly onClose: () => void
  /** Entered and said: asks anew what stands behind the dialog, and closes it. */
  readonly onDone: () => Promise<unknown>
}

/** Izin or sakit that came on paper or by telephone, entered for a student: approved at once. */
export function IzinEntry({ student, onClose, onDone }: IzinEntryProps) {
  const words = useWords(requestTexts)
  const own = useWords(izinTexts)
  const general = useWords(common)
  const { api, toasts } = useAdmin()
  const act = useAct()
  const [chosen, setChosen] = useState<Choice | null>(null)
  const [kind, setKind] = useState<(typeof KINDS)[number]>('izin')
  const [from, setFrom] = useState(schoolDay)
  const [until, setUntil] = useState(from)
  const [reason, setReason] = useState('')
  const whose = student ?? chosen
  const ready = whose !== null && from !== '' && until !== '' && reason.trim().length >= 3
  const send = ({ id, name }: { readonly id: string; readonly name: string }) =>
    act.run(async () => {
      const body = { user_id: id, kind, from_date: from, until_date: until, reason }
      // The second press of a double click is not for what stands behind the dialog.
      await onePress(async () => {
        await api.call(izinApi.enter, { body })
      })()
      toasts.say(own.entered(name))
      await onDone()
    })
  return (
    <Modal title={student ? own.enterFor(student.name) : own.enter} onClose={onClose}>
      <p>{own.enterBody}</p>
      <Form onSend={() => ready && send(whose)}>
        {student === null && <StudentChoice likely={[]} chosen={chosen} onChoose={setChosen} />}
        <Select
          label={words.kind}
          value={kind}
          options={KINDS.map((one) => [one, general.status[one]])}
          onChange={(value) => setKind(KINDS.find((one) => one === value) ?? 'izin')}
          testId="izin-kind"
        />
        <div class="filters">
          <DateInput
            label={own.from}
            value={from}
            onChange={(day) => {
              setFrom(day)
              if (until < day) setUntil(day)
            }}
            required
            testId="izin-from"
          />
          <DateInput label={own.until} value={until} onChange={setUntil} required testId="izin-until" />
        </div>
        <TextArea label={words.reason} hint={own.reasonHint} value={reason} onChange={setReason} testId="izin-reason" />
        {act.problem && <ProblemLine problem={act.problem} />}
        <div class="row-actions end">
          <Button onPress={onClose}>{general.cancel}</Button>
          <Button kind="primary" type="submit" busy={act.busy} disabled={!ready} testId="izin-send">
            {own.send}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
