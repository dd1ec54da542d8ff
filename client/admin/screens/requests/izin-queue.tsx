import { useState } from 'preact/hooks'
import type { z } from 'zod'
import { izinApi } from '../../../../shared/contract/api/izin.ts'
import { decideIzinRequest, type staffIzinSchema } from '../../../../shared/contract/izin.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatDays } from '../../format.ts'
import type { Column } from '../../parts/data-table.tsx'
import { Sure } from '../../parts/sure.tsx'
import { common } from '../../texts.ts'
import { StateFilter, useDecidedColumns, useShownState } from './decided.tsx'
import { decidedTexts } from './decided-texts.ts'
import { IzinEntry } from './izin-entry.tsx'
import { izinTexts } from './izin-texts.ts'
import { QueueTable, usePersonColumns, YesNoQueue } from './queue-table.tsx'
import { requestTexts } from './texts.ts'
import { useQueue } from './use-queue.ts'

type Izin = z.output<typeof staffIzinSchema>
const DECIDED = ['approved', 'refused'] as const

/** What is shown of a request after name and class. */
function useColumns(): readonly Column<Izin>[] {
  const words = useWords(requestTexts)
  const general = useWords(common)
  const language = useLanguage()
  return [
    { key: 'kind', title: words.kind, cell: (row) => general.status[row.kind] },
    { key: 'days', title: words.days, cell: (row) => formatDays(row.from_date, row.until_date, language) },
    { key: 'reason', title: words.reason, cell: (row) => row.reason },
  ]
}

function OpenIzin() {
  const { api } = useAdmin()
  return (
    <YesNoQueue
      load={(place) => api.call(izinApi.list, { query: { state: 'open', ...place } })}
      who={(row) => row}
      columns={useColumns()}
      answer={decideIzinRequest.shape.note}
      send={({ id }, yes, note) =>
        api.call(izinApi.decide, { params: { id }, body: { decision: yes ? 'approve' : 'refuse', note } })
      }
    />
  )
}

/** What was decided, newest first; a decision can be taken back. */
function DecidedIzin({ state }: { state: (typeof DECIDED)[number] }) {
  const own = useWords(izinTexts)
  const decided = useWords(decidedTexts)
  const { api } = useAdmin()
  const [asked, setAsked] = useState<Izin | null>(null)
  const person = usePersonColumns<Izin>((row) => row)
  const columns = useColumns()
  const outcome = useDecidedColumns<Izin>()
  const queue = useQueue((place) => api.call(izinApi.list, { query: { state, ...place } }))
  const reopen = ({ id, name }: Izin) =>
    queue.decide(
      () => api.call(izinApi.decide, { params: { id }, body: { decision: 'reopen' } }),
      own.reopened(name),
      () => setAsked(null),
    )
  return (
    <>
      <QueueTable
        caption={decided.states[state]}
        empty={decided.noneDecided}
        queue={queue}
        columns={[...person, ...columns, ...outcome]}
        decision={(row) => (
          <Button label={`${own.reopen}: ${row.name}`} onPress={() => setAsked(row)} testId="reopen">
            {own.reopen}
          </Button>
        )}
      />
      {asked && (
        <Sure
          title={own.reopenAsk(asked.name)}
          body={state === 'approved' ? own.reopenApproved : own.reopenRefused}
          confirm={own.reopen}
          act={queue.act}
          onConfirm={() => reopen(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}

/** Leave within the reader’s classes: what waits, what was decided, and what came on paper, entered here. */
export function IzinQueue() {
  const own = useWords(izinTexts)
  const state = useShownState(DECIDED)
  const [entering, setEntering] = useState(false)
  const [entered, setEntered] = useState(0)
  return (
    <>
      <StateFilter shown={state} decided={DECIDED} testId="izin-state">
        <Button onPress={() => setEntering(true)} testId="enter-izin">
          {own.enter}
        </Button>
      </StateFilter>
      {/* What was entered is decided: that list begins anew with it. */}
      {state === 'open' ? <OpenIzin /> : <DecidedIzin key={`${state} ${entered}`} state={state} />}
      {entering && (
        <IzinEntry
          student={null}
          onClose={() => setEntering(false)}
          onDone={async () => {
            setEntered(entered + 1)
            setEntering(false)
          }}
        />
      )}
    </>
  )
}
