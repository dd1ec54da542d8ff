import { izinApi } from '../../../../shared/contract/api/izin.ts'
import { useStore } from '../../../core/store.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatDate } from '../../format.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { Pager } from '../../parts/pager.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { common } from '../../texts.ts'
import { Decide } from './decide.tsx'
import { requestTexts } from './texts.ts'

const PAGE = 50

/** Leave that was asked for, within the reader’s classes. */
export function IzinQueue() {
  const words = useWords(requestTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api, router } = useAdmin()
  const { filters } = useStore(router)
  const act = useAct()
  const offset = Number(filters.offset) || 0
  const { data, problem, reload } = useAsk(String(offset), () =>
    api.call(izinApi.list, { query: { state: 'open', limit: PAGE, offset } }),
  )
  return (
    <>
      {act.problem && <ProblemLine problem={act.problem} />}
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
      <DataTable
        caption={words.title}
        rows={data?.data ?? null}
        keyOf={(row) => row.id}
        empty={{ title: words.nothing }}
        columns={[
          { key: 'name', title: words.name, cell: (row) => row.name },
          { key: 'kelas', title: words.kelas, cell: (row) => row.kelas ?? '–' },
          { key: 'kind', title: words.kind, cell: (row) => general.status[row.kind] },
          {
            key: 'days',
            title: words.days,
            cell: (row) => `${formatDate(row.from_date, language)} – ${formatDate(row.until_date, language)}`,
          },
          { key: 'reason', title: words.reason, cell: (row) => row.reason },
          {
            key: 'decide',
            title: words.decide,
            cell: (row) => (
              <Decide
                name={row.name}
                act={act}
                onDone={reload}
                send={(yes) =>
                  api.call(izinApi.decide, { params: { id: row.id }, body: { decision: yes ? 'approve' : 'refuse' } })
                }
              />
            ),
          },
        ]}
      />
      {data && <Pager total={data.total} limit={PAGE} offset={offset} />}
    </>
  )
}
