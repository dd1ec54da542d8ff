import { useState } from 'preact/hooks'
import { statusSchema } from '../../../../shared/contract/absensi.ts'
import type { StaffAbsensi } from '../../../../shared/contract/absensi-admin.ts'
import { absensiAdminApi } from '../../../../shared/contract/api/absensi-admin.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { Form, Input, Select } from '../../parts/inputs.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { type CorrectionForm, findCorrection, hasWrongMinutes, MOST_MINUTES, toForm } from './correction.ts'
import { recordTexts } from './texts.ts'

export interface RecordProps {
  readonly record: StaffAbsensi
  readonly onClose: () => void
  readonly onChanged: () => Promise<void>
}

/** What a record should say, and why; one that waits for a person is decided on with the same reason. */
export function CorrectForm({ record, onClose, onChanged }: RecordProps) {
  const words = useWords(recordTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api, toasts } = useAdmin()
  const act = useAct()
  const [form, setForm] = useState(toForm(record))
  const [reason, setReason] = useState('')
  const change = (changes: Partial<CorrectionForm>) => setForm((old) => ({ ...old, ...changes }))
  const params = { id: record.id }
  const said = reason.trim().length >= 3
  const correction = findCorrection(record, form)
  const correct = () => {
    if (correction === null || !said) return
    act.run(async () => {
      await api.call(absensiAdminApi.correct, { params, body: { ...correction, reason } })
      toasts.say(words.corrected)
      await onChanged()
    })
  }
  const decide = (decision: 'accept' | 'reject') =>
    act.run(async () => {
      await api.call(absensiAdminApi.decideReview, { params, body: { decision, reason } })
      toasts.say(words.decided)
      await onChanged()
    })
  return (
    <Form onSend={correct}>
      <Select
        label={words.status}
        value={form.status}
        onChange={(status) => change({ status: statusSchema.parse(status) })}
        testId="record-status"
        options={statusSchema.options.map((name) => [name, general.status[name]])}
      />
      {form.status === 'terlambat' && (
        <Input
          label={words.lateMinutes}
          type="number"
          value={form.minutes}
          error={hasWrongMinutes(form) ? words.wrongMinutes(formatCount(MOST_MINUTES, language)) : ''}
          onChange={(minutes) => change({ minutes })}
          testId="record-minutes"
        />
      )}
      <Input
        label={words.note}
        hint={words.noteHint}
        value={form.note}
        onChange={(note) => change({ note })}
        testId="record-note"
      />
      <Input label={words.reason} hint={words.reasonHint} value={reason} onChange={setReason} testId="reason" />
      {act.problem && <ProblemLine problem={act.problem} />}
      <div class="row-actions end">
        <Button onPress={onClose}>{general.close}</Button>
        {record.grade !== 'verified' && (
          <>
            <Button kind="danger" disabled={!said} onPress={() => decide('reject')}>
              {words.reject}
            </Button>
            <Button disabled={!said} onPress={() => decide('accept')}>
              {words.accept}
            </Button>
          </>
        )}
        <Button
          kind="primary"
          type="submit"
          busy={act.busy}
          disabled={!said || correction === null}
          testId="record-correct"
        >
          {words.correct}
        </Button>
      </div>
    </Form>
  )
}
