import { useState } from 'preact/hooks'
import type { z } from 'zod'
import { izinApi } from '../../../../shared/contract/api/izin.ts'
import type { staffIzinSchema } from '../../../../shared/contract/izin.ts'
import { useStore } from '../../../core/store.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatDays } from '../../format.ts'
import type { Column } from '../../parts/data-table.tsx'
import { Select } from '../../parts/inputs.tsx'
import { Sure } from '../../parts/sure.tsx'
import { common } from '../../texts.ts'
import { izinTexts } from './izin-texts.ts'
import { QueueTable, YesNoQueue } from './queue-table.tsx'
import { requestTexts } from './texts.ts'
import { useQueue } from './use-queue.ts'

type Izin = z.output<typeof staffIzinSchema>
const STATES = ['open', 'approved', 'refused'] as const

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
      send={({ id }, yes) =>
        api.call(izinApi.decide, { params: { id }, body: { decision: yes ? 'approve' : 'refuse' } })
      }
    />
  )
}

/** What was decided, newest first; a decision can be taken back. */
function DecidedIzin({ state }: { state: 'approved' | 'refused' }) {
  const words = useWords(requestTexts)
  const own = useWords(izinTexts)
  const { api } = useAdmin()
  const [asked, setAsked] = useState<Izin | null>(null)
  const columns = useColumns()
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
        caption={own.states[state]}
        empty={own.noneDecided}
        queue={queue}
        columns={[
          { key: 'name', title: words.name, cell: (row) => row.name },
          { key: 'kelas', title: words.kelas, cell: (row) => row.kelas ?? '–' },
          ...columns,
        ]}
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

/** Leave that was asked for, within the reader’s classes: what waits, and what was decided. */
export function IzinQueue() {
  const own = useWords(izinTexts)
  const { router } = useAdmin()
  const { filters } = useStore(router)
  const state = STATES.find((one) => one === filters.state) ?? 'open'
  return (
    <>
      <div class="filters">
        <Select
          label={own.which}
          value={state}
          options={STATES.map((one) => [one, own.states[one]])}
          onChange={(value) => router.filter({ state: value === 'open' ? '' : value, offset: '' })}
          testId="izin-state"
        />
      </div>
      {state === 'open' ? <OpenIzin /> : <DecidedIzin key={state} state={state} />}
    </>
  )
}
