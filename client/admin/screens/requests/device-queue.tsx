import { devicesApi } from '../../../../shared/contract/api/devices.ts'
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

/** A second phone of a student waits until an admin knows it is hers. */
export function DeviceQueue() {
  const words = useWords(requestTexts)
  const language = useLanguage()
  const { api, router } = useAdmin()
  const { filters } = useStore(router)
  const act = useAct()
  const offset = Number(filters.offset) || 0
  const { data, problem, reload } = useAsk(String(offset), () =>
    api.call(devicesApi.queue, { query: { status: 'pending', kind: 'phone', limit: PAGE, offset } }),
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
          { key: 'name', title: words.name, cell: (row) => row.user?.name ?? '–' },
          { key: 'kelas', title: words.kelas, cell: (row) => row.user?.kelas ?? '–' },
          { key: 'label', title: words.device, cell: (row) => row.label || row.id.slice(0, 8) },
          { key: 'since', title: words.since, cell: (row) => formatMoment(row.created_at, language) },
          {
            key: 'decide',
            title: words.decide,
            cell: (row) => (
              <Decide
                name={row.user?.name ?? row.label}
                act={act}
                onDone={reload}
                send={(yes) =>
                  api.call(yes ? devicesApi.approve : devicesApi.revoke, {
                    params: { id: row.id },
                    body: { user_id: row.user?.id ?? '' },
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
