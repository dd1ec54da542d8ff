import { render } from 'preact'
import type { Camera } from '../../camera/camera-types.ts'
import { createStore } from '../../core/store.ts'
import '../../kiosk/styles.css'
import { App } from '../../kiosk/app.tsx'
import { EMPTY_STATUS, type Kiosk, type Status, type View } from '../../kiosk/kiosk.ts'
import { createWording } from '../../kiosk/wording.ts'
import { drawPerson } from '../screens/drawn-person.ts'

/** The real page over a scripted kiosk: a test sets what there is to see, without camera, networks or server. */
export interface KioskStage {
  show(view: View, status?: Partial<Status>): void
  openCamera(): Promise<void>
  language(code: 'id' | 'en'): Promise<void>
  readonly calls: string[]
}

const view = createStore<View>({ kind: 'starting' })
const status = createStore<Status>(EMPTY_STATUS)
const wording = createWording()
const calls: string[] = []
const note =
  (name: string) =>
  (...given: unknown[]) => {
    calls.push([name, ...given.map((one) => JSON.stringify(one))].join(' '))
  }

const ROSTER = ['Ayu Lestari', 'Bagas Pratama', 'Citra Dewi Anggraini', 'Dimas Saputra', 'Eka Putri'].map(
  (name, at) => ({
    nim: `230${at + 1}`,
    name,
    kelas: 'X-1',
  }),
)

const kiosk: Kiosk = {
  view,
  status,
  now: () => Date.parse('2026-11-23T06:58:12+07:00'),
  pair: note('pair'),
  pairAnew: async () => note('pairAnew')(),
  typeNim: note('typeNim'),
  choose: note('choose'),
  claim: note('claim'),
  cancel: note('cancel'),
  kelas: async () => ['X-1', 'X-2', 'XI IPA 1'],
  inKelas: async () => ROSTER,
  openSettings: note('openSettings'),
  tryPin: note('tryPin'),
  pickCamera: note('pickCamera'),
}

async function drawnCamera(): Promise<Camera> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
  const context = canvas.getContext('2d')
  if (context) drawPerson(context, 0)
  const stream = canvas.captureStream(5)
  setInterval(() => context && drawPerson(context, 0), 200)
  const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true, autoplay: true })
  video.srcObject = stream
  await video.play()
  const nothing = () => undefined
  return { stream, video, label: 'drawn', deviceId: 'front', eachFrame: () => nothing, onLost: nothing, stop: nothing }
}

const stage: KioskStage = {
  calls,
  show(next, part = {}) {
    status.set({ ...status.get(), ...part })
    view.set(next)
  },
  async openCamera() {
    status.set({ ...status.get(), camera: await drawnCamera(), loaded: 1 })
  },
  language: (code) => wording.choose(code),
}
Object.assign(globalThis, { stage })

const root = document.querySelector('#app')
if (root) render(<App opened={createStore<Kiosk | null>(kiosk)} wording={wording} />, root)
