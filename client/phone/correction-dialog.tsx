import { useState } from 'preact/hooks'
import type { z } from 'zod'
import { correctionRequestReply, type wantedStatusSchema } from '../../shared/contract/absensi-admin.ts'
import type { HistoryReply } from '../core/api.ts'
import { formatDay } from '../core/clock.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useApp, useTexts } from './app-context.ts'
import { AreaField, ChoiceField } from './form-fields.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import { useSend } from './use-send.ts'
import { useWords } from './use-words.ts'

type Wanted = z.infer<typeof wantedStatusSchema>
const WANTED: readonly Wanted[] = ['hadir', 'terlambat', 'izin', 'sakit']

interface CorrectionDialogProps {
  /** The record that is wrong; null: the dialog is closed. */
  readonly record: HistoryReply['data'][number] | null
  readonly onClose: () => void
  readonly onSent: () => void
}

function CorrectionForm({ record, onClose, onSent }: CorrectionDialogProps & { record: HistoryReply['data'][number] }) {
  const { api } = useApp()
  const { texts } = useTexts()
  const words = useWords().attendance
  const options = WANTED.filter((status) => status !== record.status)
  const [status, setStatus] = useState<Wanted>(options[0] ?? 'hadir')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { busy, problem, send } = useSend()
  const short = reason.trim().length < 3

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    setTried(true)
    if (short) {
      const form = event.currentTarget
      if (form instanceof HTMLFormElement) form.querySelector('textarea')?.focus()
      return
    }
    send(async () => {
      const body = { session_id: record.session_id ?? '', date: record.date, status, reason: reason.trim() }
      await api.send({ method: 'POST', path: 'absensi/correction-requests', body, reply: correctionRequestReply })
      onSent()
    })
  }

  return (
    <form class="form" noValidate onSubmit={submit}>
      {problem && (
        <ProblemNotice problem={problem} detail={(problem.code === 'conflict' && problem.detail) || undefined} />
      )}
      <ChoiceField
        name="status"
        label={words.should}
        value={status}
        options={options.map((one) => [one, texts.status[one]] as const)}
        onChoose={setStatus}
      />
      <AreaField
        name="reason"
        label={words.reason}
        value={reason}
        onInput={setReason}
        error={tried && short ? words.needReason : ''}
        hint={words.reasonHint}
      />
      <Button type="submit" kind="primary" wide busy={busy} testId="send-correction">
        {words.send}
      </Button>
      <Button kind="quiet" wide onPress={onClose}>
        {texts.cancel}
      </Button>
    </form>
  )
}

/** "This is wrong": what the record should say, and why. */
export function CorrectionDialog({ record, onClose, onSent }: CorrectionDialogProps) {
  const { language } = useTexts()
  const words = useWords().attendance
  const body = record ? words.correctBody(record.session_name ?? '', formatDay(record.date, language)) : ''
  return (
    <ConfirmDialog open={record !== null} title={words.correct} body={body} onClose={onClose}>
      {record && <CorrectionForm key={record.id} record={record} onClose={onClose} onSent={onSent} />}
    </ConfirmDialog>
  )
}
