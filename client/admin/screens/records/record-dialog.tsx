import { useState } from 'preact/hooks'
import { statusSchema } from '../../../../shared/contract/absensi.ts'
import type { StaffAbsensi } from '../../../../shared/contract/absensi-admin.ts'
import { absensiAdminApi } from '../../../../shared/contract/api/absensi-admin.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatMoment, formatPercent } from '../../format.ts'
import { GradeBadge, StatusBadge } from '../../parts/badges.tsx'
import { Form, Input, Select } from '../../parts/inputs.tsx'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { CheckSection } from './check-trace.tsx'
import { saysWhen } from './says-when.ts'
import { recordTexts } from './texts.ts'
import { traceTexts } from './trace-texts.ts'

function Facts({ record }: { record: StaffAbsensi }) {
  const words = useWords(recordTexts)
  const general = useWords(common)
  const language = useLanguage()
  const checked = useWords(traceTexts)
  const { check, location } = record
  const results: Readonly<Record<string, string>> = checked.result
  const reasons: Readonly<Record<string, string>> = checked.reason
  const distance = location === null ? '' : ` (${words.metres(formatCount(Math.round(location.distance), language))})`
  const facts = [
    [saysWhen(record) ? words.time : words.written, formatMoment(record.timestamp, language)],
    [words.session, record.session_name ?? record.session_id],
    [words.method, general.method[record.method]],
    [words.device, record.device_info ?? (record.device_id === null ? general.none : words.knownDevice)],
    [words.confidence, record.confidence === 0 ? general.none : formatPercent(record.confidence * 100, language)],
    [
      words.check,
      check === null
        ? general.none
        : `${results[check.result] ?? check.result}: ${reasons[check.reason] ?? check.reason}`,
    ],
    [words.place, record.place === null ? general.none : `${words.places[record.place]}${distance}`],
    ...(record.left_at === null ? [] : [[words.left, formatMoment(record.left_at, language)] as const]),
    ...(record.note === null ? [] : [[words.note, record.note] as const]),
  ] as const
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What became of a record, step by step. */
function History({ id }: { id: string }) {
  const words = useWords(recordTexts)
  const language = useLanguage()
  const { api } = useAdmin()
  const { data, problem } = useAsk(id, () => api.call(absensiAdminApi.history, { params: { id } }))
  if (problem) return <ProblemLine problem={problem} />
  if (data?.corrections.length === 0) return <p class="muted">{words.noChanges}</p>
  return (
    <ol class="stack">
      {data?.corrections.map(({ id: key, by, reason, old_value, new_value, created_at }) => (
        <li key={key}>
          <StatusBadge status={old_value.status} /> → {new_value ? <StatusBadge status={new_value.status} /> : '×'}{' '}
          <span class="muted">
            {by?.name ?? words.system}, {formatMoment(created_at, language)}: {reason}
          </span>
        </li>
      ))}
    </ol>
  )
}

interface RecordDialogProps {
  readonly record: StaffAbsensi
  readonly onClose: () => void
  readonly onChanged: () => Promise<void>
}

/** One record: how it came, what became of it, and what it should say. */
export function RecordDialog({ record, onClose, onChanged }: RecordDialogProps) {
  const words = useWords(recordTexts)
  const general = useWords(common)
  const { api, toasts } = useAdmin()
  const act = useAct()
  const [status, setStatus] = useState<string>(record.status)
  const [reason, setReason] = useState('')
  const params = { id: record.id }
  const correct = () =>
    act.run(async () => {
      await api.call(absensiAdminApi.correct, {
        params,
        body: { status: statusSchema.parse(status), was: record.status, reason },
      })
      toasts.say(words.corrected)
      await onChanged()
    })
  const decide = (decision: 'accept' | 'reject') =>
    act.run(async () => {
      await api.call(absensiAdminApi.decideReview, { params, body: { decision, reason } })
      toasts.say(words.decided)
      await onChanged()
    })
  const said = reason.trim().length >= 3
  return (
    <Modal title={record.name} wide onClose={onClose}>
      <p>
        <StatusBadge status={record.status} /> <GradeBadge grade={record.grade} />
      </p>
      <Facts record={record} />
      {record.device_id !== null && (
        <p>
          <a href={addressOf(['records'], { device_id: record.device_id })} onClick={onClose}>
            {words.ofDevice}
          </a>
        </p>
      )}
      {record.check !== null && <CheckSection id={record.id} />}
      <h3>{words.history}</h3>
      <History id={record.id} />
      <Form onSend={() => said && correct()}>
        <Select
          label={words.status}
          value={status}
          onChange={setStatus}
          options={statusSchema.options.map((name) => [name, general.status[name]])}
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
          <Button kind="primary" type="submit" busy={act.busy} disabled={!said || status === record.status}>
            {words.correct}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
