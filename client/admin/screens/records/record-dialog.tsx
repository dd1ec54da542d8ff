import type { z } from 'zod'
import type { correctedValueSchema, StaffAbsensi } from '../../../../shared/contract/absensi-admin.ts'
import { absensiAdminApi } from '../../../../shared/contract/api/absensi-admin.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatMoment, formatPercent } from '../../format.ts'
import { GradeBadge, StatusBadge } from '../../parts/badges.tsx'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { CheckSection } from './check-trace.tsx'
import { CorrectForm, type RecordProps } from './correct-form.tsx'
import { saysWhen } from './says-when.ts'
import { recordTexts } from './texts.ts'
import { traceTexts } from './trace-texts.ts'

type CorrectedValue = z.output<typeof correctedValueSchema>

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
    ...(record.note ? [[words.note, record.note] as const] : []),
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

/** What a record said before or after a correction: its status, the minutes of whoever was late, and a note. */
function Value({ value }: { value: CorrectedValue }) {
  const words = useWords(recordTexts)
  const language = useLanguage()
  const { status, late_minutes, note } = value
  return (
    <>
      <StatusBadge status={status} />
      {status === 'terlambat' && ` ${words.minutes(formatCount(late_minutes, language))}`}
      {note && ` “${note}”`}
    </>
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
          <Value value={old_value} /> → {new_value ? <Value value={new_value} /> : '×'}{' '}
          <span class="muted">
            {by?.name ?? words.system}, {formatMoment(created_at, language)}: {reason}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** One record: how it came, what became of it, and what it should say. */
export function RecordDialog({ record, onClose, onChanged }: RecordProps) {
  const words = useWords(recordTexts)
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
      <CorrectForm record={record} onClose={onClose} onChanged={onChanged} />
    </Modal>
  )
}
