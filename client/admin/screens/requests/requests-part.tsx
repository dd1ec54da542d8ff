import { useEffect, useState } from 'preact/hooks'
import type { TodayBoard } from '../../../../shared/contract/today.ts'
import { useStore } from '../../../core/store.ts'
import { useAdmin, useMe, useWords } from '../../app-context.ts'
import { Later } from '../../parts/later.tsx'
import { Page } from '../../parts/page.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { watchToday } from '../today/watch-today.ts'
import { AccountQueue } from './account-queue.tsx'
import { CaseQueue } from './case-queue.tsx'
import { CorrectionQueue } from './correction-queue.tsx'
import { DeviceQueue } from './device-queue.tsx'
import { EventQueue } from './event-queue.tsx'
import { FailureQueue } from './failure-queue.tsx'
import { IzinQueue } from './izin-queue.tsx'
import { Kiosks } from './kiosks.tsx'
import { requestTexts } from './texts.ts'
import { UploadQueue } from './upload-queue.tsx'

/** Every queue: its address below /requests, its list, whether it is the office's alone, and what the day's board calls it. */
const QUEUES = [
  { name: 'izin', shown: IzinQueue, office: false, counted: 'izin' },
  { name: 'corrections', shown: CorrectionQueue, office: false, counted: 'corrections' },
  { name: 'events', shown: EventQueue, office: false, counted: 'kiosk_events' },
  { name: 'failures', shown: FailureQueue, office: false, counted: 'face_failures' },
  { name: 'devices', shown: DeviceQueue, office: true, counted: 'devices' },
  { name: 'accounts', shown: AccountQueue, office: true, counted: 'accounts' },
  { name: 'uploads', shown: UploadQueue, office: true, counted: 'uploads' },
  { name: 'cases', shown: CaseQueue, office: true, counted: 'face_cases' },
  { name: 'kiosks', shown: Kiosks, office: true, counted: 'kiosks_silent' },
] as const

/** What waits in each queue, as it happens; none are told while the server does not answer. */
function useQueueCounts(): TodayBoard['queues'] | null {
  const { api } = useAdmin()
  const [queues, setQueues] = useState<TodayBoard['queues'] | null>(null)
  useEffect(() => {
    const end = new AbortController()
    const onProblem = () => setQueues(null)
    void watchToday(api, { onBoard: (board) => setQueues(board.queues), onProblem }, end.signal)
    return () => end.abort()
  }, [api])
  return queues
}

const loadCase = async () => (await import('../faces/case-screen.tsx')).CaseScreen

/** The queues of whoever looks, each behind its tab. */
function Queues() {
  const words = useWords(requestTexts)
  const me = useMe()
  const { path } = useStore(useAdmin().router)
  const queues = useQueueCounts()
  const mine = QUEUES.filter(({ office }) => !office || me.role === 'admin')
  const queue = mine.find(({ name }) => name === path[1]) ?? QUEUES[0]
  const Shown = queue.shown
  return (
    <Page title={words.title}>
      <Tabs
        label={words.title}
        tabs={mine.map(({ name, counted }) => ({
          path: ['requests', name],
          text: words[name],
          current: name === queue.name,
          count: queues?.[counted] ?? 0,
        }))}
      />
      <Shown key={queue.name} />
    </Page>
  )
}

/** `/requests/NAME`: what waits for a person's decision. */
export function RequestsPart() {
  const me = useMe()
  const { path } = useStore(useAdmin().router)
  // One case, settled with its people there: a screen of its own, with a camera.
  if (me.role === 'admin' && path[1] === 'cases' && path[2] !== undefined)
    return <Later key={path[2]} load={loadCase} props={{ id: path[2] }} />
  return <Queues />
}
