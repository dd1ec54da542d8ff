import type { z } from 'zod'
import { type correctionRequestSchema, decideCorrectionRequest } from '../../../../shared/contract/absensi-admin.ts'
import { absensiAdminApi } from '../../../../shared/contract/api/absensi-admin.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatDate } from '../../format.ts'
import type { Column } from '../../parts/data-table.tsx'
import { common } from '../../texts.ts'
import { StateFilter, useDecidedColumns, useShownState } from './decided.tsx'
import { decidedTexts } from './decided-texts.ts'
import { QueueTable, usePersonColumns, YesNoQueue } from './queue-table.tsx'
import { requestTexts } from './texts.ts'
import { useQueue } from './use-queue.ts'

type Correction = z.output<typeof correctionRequestSchema>
const DECIDED = ['accepted', 'refused'] as const

/** What is shown of a request after name and class. */
function useColumns(): readonly Column<Correction>[] {
  const words = useWords(requestTexts)
  const general = useWords(common)
  const language = useLanguage()
  return [
    { key: 'date', title: words.days, cell: (row) => formatDate(row.date, language) },
    { key: 'session', title: general.session, cell: (row) => row.session_name ?? row.session_id },
    {
      key: 'recorded',
      title: words.recorded,
      cell: (row) => (row.recorded ? general.status[row.recorded] : '–'),
    },
    { key: 'asked', title: words.asked, cell: (row) => general.status[row.status] },
    { key: 'reason', title: words.reason, cell: (row) => row.reason },
  ]
}

function OpenCorrections() {
  const { api } = useAdmin()
  return (
    <YesNoQueue
      load={(place) => api.call(absensiAdminApi.correctionRequests, { query: { state: 'open', ...place } })}
      who={(row) => row}
      columns={useColumns()}
      answer={decideCorrectionRequest.shape.note}
      send={({ id, recorded }, yes, note) =>
        api.call(absensiAdminApi.decideCorrection, {
          params: { id },
          body: { decision: yes ? 'accept' : 'refuse', was: recorded, note },
        })
      }
    />
  )
}

/** What was decided, newest first, with what is recorded by now. */
function DecidedCorrections({ state }: { state: (typeof DECIDED)[number] }) {
  const words = useWords(decidedTexts)
  const { api } = useAdmin()
  const person = usePersonColumns<Correction>((row) => row)
  const columns = useColumns()
  const outcome = useDecidedColumns<Correction>()
  const queue = useQueue((place) => api.call(absensiAdminApi.correctionRequests, { query: { state, ...place } }))
  return (
    <QueueTable
      caption={words.states[state]}
      empty={words.noneDecided}
      queue={queue}
      columns={[...person, ...columns, ...outcome]}
    />
  )
}

/** “This is wrong”: what students say their records should be, and what was answered. */
export function CorrectionQueue() {
  const state = useShownState(DECIDED)
  return (
    <>
      <StateFilter shown={state} decided={DECIDED} testId="correction-state" />
      {state === 'open' ? <OpenCorrections /> : <DecidedCorrections key={state} state={state} />}
    </>
  )
}
