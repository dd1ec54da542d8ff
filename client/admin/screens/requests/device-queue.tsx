import { devicesApi } from '../../../../shared/contract/api/devices.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { YesNoQueue } from './queue-table.tsx'
import { requestTexts } from './texts.ts'

/** A second phone of a student waits until an admin knows it is hers. */
export function DeviceQueue() {
  const words = useWords(requestTexts)
  const language = useLanguage()
  const { api } = useAdmin()
  return (
    <YesNoQueue
      load={(place) => api.call(devicesApi.queue, { query: { status: 'pending', kind: 'phone', ...place } })}
      who={({ user, label }) => ({ name: user?.name ?? label, kelas: user?.kelas ?? null })}
      columns={[
        { key: 'label', title: words.device, cell: (row) => row.label || row.id.slice(0, 8) },
        { key: 'since', title: words.since, cell: (row) => formatMoment(row.created_at, language) },
      ]}
      send={({ id, user }, yes) =>
        api.call(yes ? devicesApi.approve : devicesApi.revoke, { params: { id }, body: { user_id: user?.id ?? '' } })
      }
    />
  )
}
