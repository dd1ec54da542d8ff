import { todayApi } from '../../../../shared/contract/api/today.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatMoment } from '../../format.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { Pager } from '../../parts/pager.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { addressOf } from '../../router.ts'
import { requestTexts } from './texts.ts'
import { PAGE, useQueue } from './use-queue.ts'

/** Whose face failed on her phone today and who has nothing recorded since: a teacher marks her, or looks at her face's page. */
export function FailureQueue() {
  const words = useWords(requestTexts)
  const language = useLanguage()
  const { api } = useAdmin()
  const { data, problem, reload, offset } = useQueue((place) =>
    api.call(todayApi.faceFailures, { query: { ...place } }),
  )
  return (
    <>
      <p class="muted">{words.failuresBody}</p>
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
      <DataTable
        caption={words.failures}
        rows={data?.data ?? null}
        keyOf={({ id }) => id}
        empty={{ title: words.nothing }}
        columns={[
          { key: 'name', title: words.name, cell: ({ id, name }) => <a href={addressOf(['students', id])}>{name}</a> },
          { key: 'nim', title: words.number, cell: ({ nim }) => nim },
          { key: 'kelas', title: words.kelas, cell: ({ kelas }) => kelas ?? '–' },
          { key: 'why', title: words.why, cell: ({ why }) => words.whyFailed[why] },
          { key: 'tries', title: words.tries, numeric: true, cell: ({ tries }) => formatCount(tries, language) },
          { key: 'at', title: words.lastTry, cell: ({ at }) => formatMoment(at, language) },
          {
            key: 'act',
            title: words.act,
            cell: ({ kelas, name }) =>
              kelas === null ? (
                '–'
              ) : (
                <a
                  class="button plain"
                  href={addressOf(['records', 'day'], { kelas })}
                  aria-label={`${words.markByHand}: ${name}`}
                >
                  {words.markByHand}
                </a>
              ),
          },
        ]}
      />
      {data && <Pager total={data.total} limit={PAGE} offset={offset} />}
    </>
  )
}
