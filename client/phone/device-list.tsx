import { useRef, useState } from 'preact/hooks'
import type { z } from 'zod'
import { okReply, type User } from '../../shared/contract/auth.ts'
import { type deviceSchema, devicesReply } from '../../shared/contract/devices.ts'
import { deviceOf } from '../check-in/registered-mark.ts'
import { formatDay } from '../core/clock.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { useApp, useTexts } from './app-context.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { useLoad } from './use-load.ts'
import { useSend } from './use-send.ts'
import { useWords } from './use-words.ts'

type Device = z.infer<typeof deviceSchema>

const kindOf = (status: Device['status']) => (status === 'active' ? 'good' : status === 'pending' ? 'warn' : '')

/** A person's phones: which one is active, which one waits, and taking one away. */
export function DeviceList({ user }: { user: User }) {
  const { api } = useApp()
  const { language } = useTexts()
  const words = useWords().account
  const list = useLoad(() => api.send({ method: 'GET', path: 'devices', reply: devicesReply }))
  const [leaving, setLeaving] = useState<Device | null>(null)
  const [removed, setRemoved] = useState('')
  const heading = useRef<HTMLHeadingElement>(null)
  const { busy, problem, send } = useSend()
  const here = deviceOf(user.id)
  const devices = (list.data?.devices ?? []).filter(({ status }) => status !== 'revoked')
  const nameOf = ({ label }: Device) => label || words.unnamed

  const remove = (device: Device) =>
    send(async () => {
      setLeaving(null)
      setRemoved('')
      await api.send({ method: 'DELETE', path: `devices/${device.id}`, reply: okReply })
      setRemoved(nameOf(device))
      // The button that was pressed goes with the row.
      heading.current?.focus()
      list.reload()
    })

  return (
    <section class="card" aria-labelledby="devices-title" aria-busy={list.data || list.problem ? undefined : 'true'}>
      <h2 id="devices-title" ref={heading} tabIndex={-1}>
        {words.devices}
      </h2>
      <div role="status">{removed && <Notice kind="info">{words.removed(removed)}</Notice>}</div>
      <p class="soft">{list.data && devices.length === 0 ? words.noDevices : words.devicesBody}</p>
      {problem && <ProblemNotice problem={problem} />}
      {list.problem && <ProblemNotice problem={list.problem} onRetry={list.reload} />}
      <ul class="list">
        {devices.map((one) => (
          <li key={one.id}>
            <div>
              <span class="row-name">
                {nameOf(one)}
                {one.id === here && ` (${words.here})`}
              </span>
              <span class="soft">{words.since(formatDay(one.created_at, language, 'short'))}</span>
              {one.status === 'pending' && <span class="soft">{words.pending}</span>}
            </div>
            <div class="list-end">
              <span class={`pill ${kindOf(one.status)}`}>{words.status[one.status]}</span>
              <Button kind="danger" busy={busy} label={words.removeOf(nameOf(one))} onPress={() => setLeaving(one)}>
                {words.remove}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <ConfirmDialog open={leaving !== null} title={words.sure} body={words.sureBody} onClose={() => setLeaving(null)}>
        <Button kind="danger" wide testId="remove-device-yes" onPress={() => leaving && remove(leaving)}>
          {words.yes}
        </Button>
        <Button wide onPress={() => setLeaving(null)}>
          {words.no}
        </Button>
      </ConfirmDialog>
    </section>
  )
}
