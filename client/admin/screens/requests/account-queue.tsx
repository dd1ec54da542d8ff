import { usersApi } from '../../../../shared/contract/api/users.ts'
import { useStore } from '../../../core/store.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { Pager } from '../../parts/pager.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { Decide } from './decide.tsx'
import { requestTexts } from './texts.ts'

const PAGE = 50

/** Accounts that people made themselves. */
export function AccountQueue() {
  const words = useWords(requestTexts)
  const language = useLanguage()
  const { api, router } = useAdmin()
  const { filters } = useStore(router)
  const act = useAct()
  const offset = Number(filters.offset) || 0
  const { data, problem, reload } = useAsk(String(offset), () =>
    api.call(usersApi.list, { query: { approval: 'pending', limit: PAGE, offset } }),
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
          { key: 'since', title: words.since, cell: (row) => formatMoment(row.created_at, language) },
          {
            key: 'decide',
            title: words.decide,
            cell: (row) => (
              <Decide
                name={row.name}
                act={act}
                onDone={reload}
                send={(yes) => api.call(usersApi.decide, { params: { id: row.id }, body: { approve: yes } })}
              />
            ),
          },
        ]}
      />
      {data && <Pager total={data.total} limit={PAGE} offset={offset} />}
    </>
  )
}
