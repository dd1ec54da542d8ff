import { absensiAdminApi } from '../../../../shared/contract/api/absensi-admin.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatDate } from '../../format.ts'
import { common } from '../../texts.ts'
import { YesNoQueue } from './queue-table.tsx'
import { requestTexts } from './texts.ts'

/** “This is wrong”: what students say their records should be. */
export function CorrectionQueue() {
  const words = useWords(requestTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api } = useAdmin()
  return (
    <YesNoQueue
      load={(place) => api.call(absensiAdminApi.correctionRequests, { query: { state: 'open', ...place } })}
      who={(row) => row}
      columns={[
        { key: 'date', title: words.days, cell: (row) => formatDate(row.date, language) },
        { key: 'session', title: general.session, cell: (row) => row.session_name ?? row.session_id },
        {
          key: 'recorded',
          title: words.recorded,
          cell: (row) => (row.recorded ? general.status[row.recorded] : '–'),
        },
        { key: 'asked', title: words.asked, cell: (row) => general.status[row.status] },
        { key: 'reason', title: words.reason, cell: (row) => row.reason },
      ]}
      send={({ id, recorded }, yes) =>
        api.call(absensiAdminApi.decideCorrection, {
          params: { id },
          body: { decision: yes ? 'accept' : 'refuse', was: recorded },
        })
      }
    />
  )
}
