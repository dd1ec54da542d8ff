import { useState } from 'preact/hooks'
import type { z } from 'zod'
import { devicesApi } from '../../../../shared/contract/api/devices.ts'
import type { adminDeviceSchema } from '../../../../shared/contract/devices.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useMe, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Sure } from '../../parts/sure.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { deviceTexts } from './device-texts.ts'

type Device = z.output<typeof adminDeviceSchema>

const nameOf = ({ label, id }: Device) => label || id.slice(0, 8)

/** What a device is called, and that others have had it: one handed down is revoked on their cards, too. */
export function DeviceName({ device }: { device: Device }) {
  const words = useWords(deviceTexts)
  return (
    <span class="stacked">
      <span>{nameOf(device)}</span>
      {device.others > 0 && <span class="muted">{words.others(device.others)}</span>}
    </span>
  )
}

/** The devices somebody has registered; an admin, nobody else, can revoke one. */
export function DeviceList({ userId, of }: { userId: string; of: 'student' | 'staff' }) {
  const words = useWords(deviceTexts)
  const language = useLanguage()
  const isAdmin = useMe().role === 'admin'
  const { api, toasts } = useAdmin()
  const act = useAct()
  const [asked, setAsked] = useState<Device | null>(null)
  const devices = useAsk(`devices ${userId}`, async () => {
    const { data } = await api.call(devicesApi.queue, { query: { user_id: userId } })
    return data
  })
  const revoke = (device: Device) =>
    act.run(async () => {
      await api.call(devicesApi.revoke, { params: { id: device.id }, body: { user_id: userId } })
      toasts.say(words.revoked(nameOf(device)))
      await devices.reload()
      setAsked(null)
    })
  const canRevoke = (device: Device) => isAdmin && device.status !== 'revoked'
  const title = words.title[of]
  return (
    <>
      <h2>{title}</h2>
      {devices.problem && <ProblemLine problem={devices.problem} onRetry={devices.reload} />}
      <DataTable
        caption={title}
        rows={devices.data}
        keyOf={(row) => row.id}
        empty={{ title: words.none[of] }}
        columns={[
          { key: 'label', title: words.device, cell: (row) => <DeviceName device={row} /> },
          { key: 'status', title: words.state, cell: (row) => words.status[row.status] },
          { key: 'since', title: words.since, cell: (row) => formatMoment(row.created_at, language) },
          ...(devices.data?.some(canRevoke)
            ? [
                {
                  key: 'act',
                  title: words.act,
                  cell: (row: Device) =>
                    canRevoke(row) && (
                      <Button
                        kind="danger"
                        label={`${words.revoke}: ${nameOf(row)}, ${formatMoment(row.created_at, language)}`}
                        onPress={() => setAsked(row)}
                        testId="revoke-device"
                      >
                        {words.revoke}
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
      />
      {asked && (
        <Sure
          danger
          title={words.revokeAsk(nameOf(asked))}
          body={words.revokeBody(asked.user?.name ?? '')}
          confirm={words.revoke}
          act={act}
          onConfirm={() => revoke(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
