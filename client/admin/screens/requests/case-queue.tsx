import { faceAdminApi } from '../../../../shared/contract/api/face-admin.ts'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import { addressOf } from '../../router.ts'
import { requestTexts } from './texts.ts'

/** Faces that looked like somebody else's when they were enrolled. */
export function CaseQueue() {
  const words = useWords(requestTexts)
  const language = useLanguage()
  const { api } = useAdmin()
  const { data, problem, reload } = useAsk('cases', () => api.call(faceAdminApi.cases, { query: { limit: 200 } }))
  return (
    <>
      <Notice kind="info">{words.casesBody}</Notice>
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
      <DataTable
        caption={words.cases}
        rows={data?.data ?? null}
        keyOf={(row) => row.id}
        empty={{ title: words.nothing }}
        columns={[
          { key: 'person', title: words.person, cell: ({ person }) => `${person.name} (${person.kelas ?? '–'})` },
          { key: 'other', title: words.other, cell: ({ other }) => `${other.name} (${other.kelas ?? '–'})` },
          { key: 'since', title: words.since, cell: (row) => formatMoment(row.created_at, language) },
          {
            key: 'decide',
            title: words.decide,
            cell: ({ id, person, other }) => (
              <a
                class="button plain"
                href={addressOf(['requests', 'cases', id])}
                aria-label={`${words.settle}: ${person.name} / ${other.name}`}
                data-testid="open-case"
              >
                {words.settle}
              </a>
            ),
          },
        ]}
      />
    </>
  )
}
