import { useEffect } from 'preact/hooks'
import { jobsApi } from '../../../../shared/contract/api/jobs.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatMoment } from '../../format.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { type Job, nameOf, secondsOf, tellOutcome, tellSchedule, whatOf } from './tell-job.ts'
import { jobTexts } from './texts.ts'

/** While a job runs the list is asked again this soon, ms. */
const LOOK_MS = 1_500

const TONE = { ok: 'badge good', skipped: 'badge', failed: 'badge bad' } as const

function LastRun({ job }: { job: Job }) {
  const words = useWords(jobTexts)
  const language = useLanguage()
  const seconds = secondsOf(job)
  if (job.last_started === null) return <span class="muted">{words.never}</span>
  return (
    <span class="stacked">
      <span class="when">{formatMoment(job.last_started, language)}</span>
      {seconds !== null && (
        <span class="muted">{words.took(words.seconds(seconds < 1 ? '< 1' : formatCount(seconds, language)))}</span>
      )}
    </span>
  )
}

function Result({ job }: { job: Job }) {
  const words = useWords(jobTexts)
  const language = useLanguage()
  if (job.state === 'running') return <span class="badge review">{words.running}</span>
  if (job.last_result === null) return <>–</>
  return (
    <span class="stacked" data-testid={`result-${job.name}`} data-result={job.last_result}>
      <span class={TONE[job.last_result]}>{words.results[job.last_result]}</span>
      <span class="muted">{tellOutcome(job, language)}</span>
    </span>
  )
}

/** Every background job, with the way to run it now. */
export function JobList() {
  const words = useWords(jobTexts)
  const language = useLanguage()
  const { api, toasts } = useAdmin()
  const act = useAct()
  const asked = useAsk('jobs', () => api.call(jobsApi.list))
  const { data, reload } = asked
  const running = (data?.jobs ?? []).some(({ state }) => state === 'running')
  useEffect(() => {
    if (data === null || !running) return
    const timer = setTimeout(reload, LOOK_MS)
    return () => clearTimeout(timer)
  })
  const run = (job: Job) =>
    act.run(async () => {
      await api.call(jobsApi.run, { params: { name: job.name } })
      toasts.say(words.started(nameOf(job, language)))
      await reload()
    })
  const columns: readonly Column<Job>[] = [
    {
      key: 'name',
      title: words.name,
      cell: (job) => (
        <span class="stacked">
          <strong>{nameOf(job, language)}</strong>
          <span class="muted">{whatOf(job, language)}</span>
          <span class="muted">{tellSchedule(job.schedule, language)}</span>
        </span>
      ),
    },
    { key: 'last', title: words.last, cell: (job) => <LastRun job={job} /> },
    { key: 'next', title: words.next, cell: (job) => <span class="when">{formatMoment(job.next_at, language)}</span> },
    { key: 'result', title: words.result, cell: (job) => <Result job={job} /> },
    {
      key: 'run',
      title: words.act,
      cell: (job) => (
        <Button
          disabled={job.state === 'running'}
          label={words.runOne(nameOf(job, language))}
          onPress={() => run(job)}
          testId={`run-${job.name}`}
        >
          {words.run}
        </Button>
      ),
    },
  ]
  const problem = act.problem ?? asked.problem
  return (
    <>
      <p class="muted">{words.lead}</p>
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
      {(data !== null || !problem) && (
        <DataTable caption={words.jobs} rows={data?.jobs ?? null} keyOf={(job) => job.name} columns={columns} />
      )}
    </>
  )
}
