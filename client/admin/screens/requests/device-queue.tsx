import { devicesApi } from '../../../../shared/contract/api/devices.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { DeviceName } from '../students/device-list.tsx'
import { deviceTexts } from '../students/device-texts.ts'
import { YesNoQueue } from './queue-table.tsx'
import { requestTexts } from './texts.ts'

/** A second phone of a student waits until an admin knows it is hers. */
export function DeviceQueue() {
  const words = useWords(requestTexts)
  const told = useWords(deviceTexts)
  const language = useLanguage()
  const { api } = useAdmin()
  return (
    <>
      <p class="muted">{told.approving}</p>
      <YesNoQueue
        load={(place) => api.call(devicesApi.queue, { query: { status: 'pending', kind: 'phone', ...place } })}
        who={({ user, label }) => ({ name: user?.name ?? label, kelas: user?.kelas ?? null })}
        columns={[
          { key: 'nim', title: words.number, cell: ({ user }) => user?.nim ?? '–' },
          { key: 'label', title: words.device, cell: (row) => <DeviceName device={row} /> },
          { key: 'since', title: words.since, cell: (row) => formatMoment(row.created_at, language) },
        ]}
        refuseSure={told.refuseSure}
        send={({ id, user }, yes) =>
          api.call(yes ? devicesApi.approve : devicesApi.revoke, { params: { id }, body: { user_id: user?.id ?? '' } })
        }
      />
    </>
  )
}
