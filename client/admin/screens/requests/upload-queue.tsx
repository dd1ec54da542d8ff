import { faceAdminApi } from '../../../../shared/contract/api/face-admin.ts'
import { useStore } from '../../../core/store.ts'
import { Notice } from '../../../ui/notice.tsx'
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

/** Faces from photographs, to be confirmed with the person there. */
export function UploadQueue() {
  const words = useWords(requestTexts)
  const language = useLanguage()
  const { api, router } = useAdmin()
  const { filters } = useStore(router)
  const act = useAct()
  const offset = Number(filters.offset) || 0
  const { data, problem, reload } = useAsk(String(offset), () =>
    api.call(faceAdminApi.uploads, { query: { limit: PAGE, offset } }),
  )
  return (
    <>
      <Notice kind="info">{words.noPicture}</Notice>
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
          { key: 'photos', title: words.photos, numeric: true, cell: (row) => row.photos },
          { key: 'quality', title: words.quality, numeric: true, cell: (row) => Math.round(row.quality) },
          { key: 'matched', title: words.status, cell: (row) => (row.matched_at ? words.matched : words.notMatched) },
          { key: 'since', title: words.since, cell: (row) => formatMoment(row.created_at, language) },
          {
            key: 'decide',
            title: words.decide,
            cell: (row) => (
              <Decide
                name={row.name}
                act={act}
                onDone={reload}
                blocked={row.matched_at === null}
                send={(yes) =>
                  api.call(faceAdminApi.decideUpload, {
                    params: { id: row.id },
                    body: { decision: yes ? 'confirm' : 'refuse' },
                  })
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
