import { useState } from 'preact/hooks'
import { absensiAdminApi } from '../../../../shared/contract/api/absensi-admin.ts'
import type { CheckTrace } from '../../../../shared/contract/liveness.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatDecimal, formatMoment } from '../../format.ts'
import { DataTable, Skeleton } from '../../parts/data-table.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import { common } from '../../texts.ts'
import { TraceCurve } from './trace-curve.tsx'
import { traceTexts } from './trace-texts.ts'

const MEASURES = ['ear', 'yaw', 'pitch', 'smile'] as const
/** Between two rows of the table beside the curves, ms. */
const ROW_MS = 500

function Signals({ check }: { check: NonNullable<CheckTrace['check']> }) {
  const words = useWords(traceTexts)
  const language = useLanguage()
  const number = (value: number | null) => (value === null ? '–' : formatDecimal(value, language))
  const reasons: Readonly<Record<string, string>> = words.reason
  return (
    <DataTable
      caption={words.signals}
      dense
      rows={Object.entries(check.signals)}
      keyOf={([name]) => name}
      columns={[
        { key: 'name', title: words.signal, cell: ([name]) => reasons[name] ?? name },
        { key: 'value', title: words.value, numeric: true, cell: ([, { value }]) => number(value) },
        { key: 'limit', title: words.limit, numeric: true, cell: ([, { limit }]) => number(limit) },
        { key: 'says', title: words.verdict, cell: ([, { says }]) => words.says[says] },
      ]}
    />
  )
}

function Asked({ asked }: { asked: CheckTrace['asked'] }) {
  const words = useWords(traceTexts)
  const language = useLanguage()
  const seconds = (ms: number) => words.seconds(formatDecimal(ms / 1000, language))
  return (
    <DataTable
      caption={words.asked}
      rows={asked.map((one, place) => ({ ...one, place: place + 1 }))}
      keyOf={({ at }) => String(at)}
      columns={[
        { key: 'name', title: words.asked, cell: ({ place, name }) => `${place}. ${words.challenge[name]}` },
        { key: 'at', title: words.at, numeric: true, cell: ({ at }) => seconds(at) },
        {
          key: 'met',
          title: words.metAt,
          numeric: true,
          cell: ({ met_at }) => (met_at === null ? words.notMet : seconds(met_at)),
        },
        { key: 'attempt', title: words.attempt, numeric: true, cell: ({ attempt }) => attempt },
      ]}
    />
  )
}

function Curves({ trace }: { trace: CheckTrace }) {
  const words = useWords(traceTexts)
  const language = useLanguage()
  const { samples, asked, rest } = trace
  const end = samples.at(-1)?.t ?? 1
  const decimal = (value: number) => formatDecimal(value, language)
  const shown = MEASURES.filter((name) => name !== 'pitch' || asked.some(({ name: wanted }) => wanted === 'nod'))
  const rows = samples.filter(({ t }, at) => Math.floor(t / ROW_MS) !== Math.floor((samples[at - 1]?.t ?? -1) / ROW_MS))
  return (
    <>
      {shown.map((name) => {
        const values = samples.map((one) => ({ t: one.t, value: one[name] }))
        const numbers = values.map(({ value }) => value)
        const [low, high] = [decimal(Math.min(...numbers)), decimal(Math.max(...numbers))]
        const label = words.chart(words.measure[name], low, high)
        return (
          <figure key={name}>
            <figcaption class="hint">{label}</figcaption>
            <TraceCurve label={label} values={values} rest={rest?.[name] ?? null} asked={asked} end={end} />
          </figure>
        )
      })}
      <p class="hint curve-axis">
        <span>0</span>
        <span>{words.seconds(decimal(end / 1000))}</span>
      </p>
      <p class="hint">{words.legend}</p>
      <details>
        <summary>{words.table}</summary>
        <DataTable
          caption={words.measured}
          dense
          rows={rows}
          keyOf={({ t }) => String(t)}
          columns={[
            { key: 't', title: words.second, numeric: true, cell: ({ t }) => decimal(t / 1000) },
            ...shown.map((name) => ({
              key: name,
              title: words.measure[name],
              numeric: true,
              cell: (row: CheckTrace['samples'][number]) => decimal(row[name]),
            })),
          ]}
        />
      </details>
    </>
  )
}

function Shown({ id }: { id: string }) {
  const words = useWords(traceTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api } = useAdmin()
  const { data, problem, reload } = useAsk(id, () => api.call(absensiAdminApi.trace, { params: { id } }))
  if (problem) return <ProblemLine problem={problem} onRetry={reload} />
  if (!data) return <Skeleton label={general.loading} lines={4} />
  if (data.check === null) return <p class="muted">{words.none}</p>
  return (
    <div class="stack" data-testid="trace">
      <p class="muted">{data.state === 'kept' ? words.kept(formatMoment(data.kept_until, language)) : words.gone}</p>
      {data.asked.length > 0 && <Asked asked={data.asked} />}
      {data.samples.length > 1 && <Curves trace={data} />}
      <details>
        <summary>{words.signals}</summary>
        <Signals check={data.check} />
      </details>
    </div>
  )
}

/** The liveness check behind a record, drawn when somebody asks for it: the server notes who did. */
export function CheckSection({ id }: { id: string }) {
  const words = useWords(traceTexts)
  const [open, setOpen] = useState(false)
  return (
    <>
      <h3>{words.title}</h3>
      {open ? (
        <Shown id={id} />
      ) : (
        <div class="row-actions">
          <Button onPress={() => setOpen(true)} testId="show-trace">
            {words.load}
          </Button>
          <span class="hint">{words.loadHint}</span>
        </div>
      )}
    </>
  )
}
