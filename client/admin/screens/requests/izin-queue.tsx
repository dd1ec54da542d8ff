import { izinApi } from '../../../../shared/contract/api/izin.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatDays } from '../../format.ts'
import { common } from '../../texts.ts'
import { YesNoQueue } from './queue-table.tsx'
import { requestTexts } from './texts.ts'

/** Leave that was asked for, within the reader’s classes. */
export function IzinQueue() {
  const words = useWords(requestTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api } = useAdmin()
  return (
    <YesNoQueue
      load={(place) => api.call(izinApi.list, { query: { state: 'open', ...place } })}
      who={(row) => row}
      columns={[
        { key: 'kind', title: words.kind, cell: (row) => general.status[row.kind] },
        {
          key: 'days',
          title: words.days,
          cell: (row) => formatDays(row.from_date, row.until_date, language),
        },
        { key: 'reason', title: words.reason, cell: (row) => row.reason },
      ]}
      send={({ id }, yes) =>
        api.call(izinApi.decide, { params: { id }, body: { decision: yes ? 'approve' : 'refuse' } })
      }
    />
  )
}
