import { useEffect, useState } from 'preact/hooks'
import type { z } from 'zod'
import { backupsApi } from '../../../../shared/contract/api/backups.ts'
import { jobsApi } from '../../../../shared/contract/api/jobs.ts'
import type { backupSchema } from '../../../../shared/contract/backups.ts'
import type { ApiProblem } from '../../../core/api-problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatBytes, formatCount, formatMoment } from '../../format.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { poll } from '../../parts/poll.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { tellOutcome } from './tell-job.ts'
import { jobTexts } from './texts.ts'

type Backup = z.output<typeof backupSchema>
/** How often the job is asked whether it is done, ms. */
const LOOK_MS = 1_000

function Restoring() {
  const words = useWords(jobTexts)
  return (
    <section class="panel" aria-label={words.restore}>
      <h2>{words.restore}</h2>
      <p class="muted">{words.restoreLead}</p>
      <ol class="steps">
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Notice kind="warn">{words.keys}</Notice>
    </section>
  )
}

/** The backups that are kept, one more now, and how one is put back. */
export function Backups() {
  const words = useWords(jobTexts)
  const language = useLanguage()
  const { api, toasts } = useAdmin()
  const act = useAct()
  const [making, setMaking] = useState(false)
  const [failed, setFailed] = useState('')
  const [lost, setLost] = useState<ApiProblem | null>(null)
  const asked = useAsk('backups', () => api.call(backupsApi.list))
  const { reload } = asked
  const make = () =>
    act.run(async () => {
      setFailed('')
      await api.call(backupsApi.make)
      setMaking(true)
    })
  const look = async () => {
    const job = (await api.call(jobsApi.list)).jobs.find(({ name }) => name === 'backup')
    if (job === undefined || job.state === 'running') return false
    setMaking(false)
    reload()
    if (job.last_result === 'ok') toasts.say(words.made)
    else setFailed(tellOutcome(job, language) || words.makeFailed)
    return true
  }
  useEffect(() => {
    if (!making) return
    return poll({ look, every: LOOK_MS, onProblem: setLost })
  }, [making])
  const columns: readonly Column<Backup>[] = [
    { key: 'created', title: words.created, wide: true, cell: (row) => formatMoment(row.created_at, language) },
    { key: 'file', title: words.file, wide: true, cell: (row) => <span class="origin">{row.file}</span> },
    { key: 'size', title: words.size, numeric: true, cell: (row) => formatBytes(row.bytes, language) },
    { key: 'lines', title: words.lines, numeric: true, cell: (row) => formatCount(row.audit_lines, language) },
    { key: 'hash', title: words.hash, wide: true, cell: (row) => <span class="origin hash">{row.sha256}</span> },
  ]
  const problem = act.problem ?? lost ?? asked.problem
  return (
    <>
      <p class="muted">{words.backupsLead}</p>
      <div class="row-actions">
        <Button kind="primary" busy={making || act.busy} onPress={make} testId="make-backup">
          {making ? words.making : words.make}
        </Button>
      </div>
      {problem && <ProblemLine problem={problem} onRetry={act.again(reload)} />}
      {failed && (
        <Notice kind="bad" title={words.makeFailed} alert>
          {failed}
        </Notice>
      )}
      {(asked.data !== null || !asked.problem) && (
        <DataTable
          caption={words.backups}
          rows={asked.data?.backups ?? null}
          keyOf={(row) => row.file}
          columns={columns}
          empty={{ title: words.noBackups, body: words.noBackupsBody }}
        />
      )}
      <Restoring />
    </>
  )
}
