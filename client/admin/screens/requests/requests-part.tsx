import { useStore } from '../../../core/store.ts'
import { useAdmin, useMe, useWords } from '../../app-context.ts'
import { Later } from '../../parts/later.tsx'
import { Page } from '../../parts/page.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { AccountQueue } from './account-queue.tsx'
import { CaseQueue } from './case-queue.tsx'
import { CorrectionQueue } from './correction-queue.tsx'
import { DeviceQueue } from './device-queue.tsx'
import { EventQueue } from './event-queue.tsx'
import { IzinQueue } from './izin-queue.tsx'
import { Kiosks } from './kiosks.tsx'
import { requestTexts } from './texts.ts'
import { UploadQueue } from './upload-queue.tsx'

/** Every queue: its address below /requests, its list, and whether it is the office's alone. */
const QUEUES = [
  { name: 'izin', shown: IzinQueue, office: false },
  { name: 'corrections', shown: CorrectionQueue, office: false },
  { name: 'events', shown: EventQueue, office: false },
  { name: 'devices', shown: DeviceQueue, office: true },
  { name: 'accounts', shown: AccountQueue, office: true },
  { name: 'uploads', shown: UploadQueue, office: true },
  { name: 'cases', shown: CaseQueue, office: true },
  { name: 'kiosks', shown: Kiosks, office: true },
] as const

const loadCase = async () => (await import('../faces/case-screen.tsx')).CaseScreen

/** `/requests/NAME`: what waits for a person's decision. */
export function RequestsPart() {
  const words = useWords(requestTexts)
  const me = useMe()
  const { path } = useStore(useAdmin().router)
  const mine = QUEUES.filter(({ office }) => !office || me.role === 'admin')
  // One case, settled with its people there: a screen of its own, with a camera.
  if (me.role === 'admin' && path[1] === 'cases' && path[2] !== undefined)
    return <Later key={path[2]} load={loadCase} props={{ id: path[2] }} />
  const queue = mine.find(({ name }) => name === path[1]) ?? QUEUES[0]
  const Shown = queue.shown
  return (
    <Page title={words.title}>
      <Tabs
        label={words.title}
        tabs={mine.map(({ name }) => ({ path: ['requests', name], text: words[name], current: name === queue.name }))}
      />
      <Shown key={queue.name} />
    </Page>
  )
}
