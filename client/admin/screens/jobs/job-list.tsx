import { useEffect, useState } from 'preact/hooks'
import { jobsApi } from '../../../../shared/contract/api/jobs.ts'
import type { ApiProblem } from '../../../core/api-problem.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatMoment } from '../../format.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { poll } from '../../parts/poll.ts'
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

const isBusy = (jobs: readonly Job[]) => jobs.some(({ state }) => state === 'running')

/** Every background job, with the way to run it now. */
export function JobList() {
  const words = useWords(jobTexts)
  const language = useLanguage()
  const { api, toasts } = useAdmin()
  const act = useAct()
  const asked = useAsk('jobs', () => api.call(jobsApi.list))
  const { data, reload } = asked
  const [seen, setSeen] = useState<readonly Job[] | null>(null)
  const [lost, setLost] = useState<ApiProblem | null>(null)
  const jobs = seen ?? data?.jobs ?? null
  const running = isBusy(jobs ?? [])
  const look = async () => {
    const found = (await api.call(jobsApi.list)).jobs
    setSeen(found)
    return !isBusy(found)
  }
  useEffect(() => (running ? poll({ look, every: LOOK_MS, onProblem: setLost }) : undefined), [running])
  const run = (job: Job) =>
    act.run(async () => {
      await api.call(jobsApi.run, { params: { name: job.name } })
      toasts.say(words.started(nameOf(job, language)))
      await reload()
      setSeen(null)
    })
  const columns: readonly Column<Job>[] = [
    {
      key: 'name',
      title: words.name,
      wide: true,
      cell: (job) => (
        <span class="stacked">
          <strong>{nameOf(job, language)}</strong>
          <span class="muted">{whatOf(job, language)}</span>
          <span class="muted capital">{tellSchedule(job.schedule, language)}</span>
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
  const problem = act.problem ?? lost ?? asked.problem
  return (
    <>
      <p class="muted">{words.lead}</p>
      {problem && <ProblemLine problem={problem} onRetry={act.again(reload)} />}
      {(jobs !== null || !problem) && (
        <DataTable caption={words.jobs} rows={jobs} keyOf={(job) => job.name} columns={columns} />
      )}
    </>
  )
}
