import { useState } from 'preact/hooks'
import { auditApi } from '../../../../shared/contract/api/audit.ts'
import { useStore } from '../../../core/store.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatMoment } from '../../format.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Page } from '../../parts/page.tsx'
import { Pager } from '../../parts/pager.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import { AuditFilters } from './audit-filters.tsx'
import { ChainPanel } from './chain-panel.tsx'
import { LineDialog } from './line-dialog.tsx'
import { type Line, type Told, tellAction, tellActor, tellDetails, tellEntity, tellSubject } from './tell-line.ts'
import { auditTexts } from './texts.ts'

const LIMIT = 50
/** Details a row has room for; the dialog tells all. */
const SHOWN = 3

/** A name, and the NIM below it. */
function Named({ told }: { told: Told }) {
  return (
    <span class="stacked">
      <span>{told.text}</span>
      {told.nim !== null && <span class="origin">{told.nim}</span>}
    </span>
  )
}

function About({ line }: { line: Line }) {
  const language = useLanguage()
  const told = tellSubject(line, language)
  return (
    <span class="stacked">
      {told && <Named told={told} />}
      <span class="muted">{tellEntity(line.entity_type, language)}</span>
    </span>
  )
}

function Details({ line }: { line: Line }) {
  const words = useWords(auditTexts)
  const language = useLanguage()
  if (line.details_erased) return <span class="muted">{words.erased}</span>
  const told = tellDetails(line, language).slice(0, SHOWN)
  return <span class="muted">{told.map(({ name, text }) => `${name}: ${text}`).join(' · ') || '–'}</span>
}

/** `/audit`: who did what, newest first, and whether the record is whole. */
export function AuditPart() {
  const words = useWords(auditTexts)
  const language = useLanguage()
  const { api, router } = useAdmin()
  const { filters } = useStore(router)
  const [open, setOpen] = useState<Line | null>(null)
  const [broken, setBroken] = useState<number | null>(null)
  const { action, entity_type, entity_id, user_id, from, until } = filters
  const offset = Math.max(0, Math.trunc(Number(filters.offset)) || 0)
  const query = { action, entity_type, entity_id, user_id, from, until, limit: LIMIT, offset }
  const show = (place: number) => router.go(['audit'], { offset: String(place - (place % LIMIT)) })
  const asked = useAsk(JSON.stringify(query), () => api.call(auditApi.list, { query }))
  const columns: readonly Column<Line>[] = [
    {
      key: 'when',
      title: words.when,
      cell: (line) => (
        <span class="stacked">
          <span class="when">{formatMoment(line.created_at, language)}</span>
          <span class="muted">{words.number(formatCount(line.seq, language))}</span>
          {line.seq === broken && (
            <span class="badge bad" data-testid="broken-line">
              {words.brokenLine}
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'who',
      title: words.who,
      cell: (line) => <Named told={tellActor(line, language)} />,
    },
    {
      key: 'action',
      title: words.action,
      cell: (line) => (
        <button type="button" class="link" data-testid={`line-${line.seq}`} onClick={() => setOpen(line)}>
          {tellAction(line.action, language)}
        </button>
      ),
    },
    {
      key: 'about',
      title: words.about,
      cell: (line) => <About line={line} />,
    },
    { key: 'details', title: words.details, wide: true, cell: (line) => <Details line={line} /> },
  ]
  return (
    <Page title={words.title} lead={words.lead}>
      <ChainPanel onFound={setBroken} onShow={show} />
      <AuditFilters lines={asked.data?.data ?? []} />
      {asked.problem && <ProblemLine problem={asked.problem} onRetry={asked.reload} />}
      {(asked.data !== null || !asked.problem) && (
        <DataTable
          caption={words.title}
          rows={asked.data?.data ?? null}
          keyOf={(line) => String(line.seq)}
          columns={columns}
        />
      )}
      {asked.data && <Pager total={asked.data.total} limit={LIMIT} offset={offset} />}
      {open && <LineDialog line={open} onClose={() => setOpen(null)} />}
    </Page>
  )
}
