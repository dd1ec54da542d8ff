import { render } from 'preact'
import { stayAwake } from '../core/awake.ts'
import { createStore } from '../core/store.ts'
import './styles.css'
import { App } from './app.tsx'
import { EMPTY_STATUS, type Kiosk, type View } from './kiosk.ts'
import { playResult } from './sound.ts'
import { createWording, keptLanguage } from './wording.ts'

/** Not paired yet, or no camera: the shell is fetched after this long all the same, ms. */
const SHELL_MS = 60_000

const wording = createWording()
const opened = createStore<Kiosk | null>(null)
const root = document.querySelector('#app')

async function open(): Promise<void> {
  await wording.choose(keptLanguage()).catch((error: unknown) => console.error(error))
  if (root) render(<App opened={opened} wording={wording} />, root)
  // Without TLS there is neither a key to sign with nor a camera.
  if (!isSecureContext) return opened.set(closed({ kind: 'code', busy: false, problem: 'insecure' }))
  const { openKiosk } = await import('./machine/open-kiosk.ts')
  const language = () => wording.get().language
  // The entry's hashed name names the build.
  const version = new URL(import.meta.url).pathname.split('/').at(-1)?.slice(0, 64) ?? ''
  const kiosk = await openKiosk({ language, version, onResult: playResult })
  opened.set(kiosk)
  stayAwake()
  // What the shell fetches must not stand in the way of the first networks.
  const { status } = kiosk
  const registered = new Promise<void>((resolve) => {
    status.subscribe(() => status.get().loaded === 1 && resolve())
    setTimeout(resolve, SHELL_MS)
  })
  await registered
  const { registerShell } = await import('./shell.ts')
  await registerShell(kiosk.isQuiet)
}

const nothing = () => undefined
/** A kiosk that shows one screen and does nothing. */
const closed = (view: View): Kiosk => ({
  view: createStore(view),
  status: createStore(EMPTY_STATUS),
  now: () => Date.now(),
  pair: nothing,
  pairAnew: async () => undefined,
  typeNim: nothing,
  choose: nothing,
  claim: nothing,
  cancel: nothing,
  kelas: async () => [],
  inKelas: async () => [],
  openSettings: nothing,
  tryPin: nothing,
  pickCamera: nothing,
})

open().catch((error: unknown) => {
  console.error(error)
  // A kiosk that runs already goes on without what failed after it.
  if (opened.get() !== null) return
  opened.set(closed({ kind: 'broken' }))
  // A version that mends it is let in.
  void import('./shell.ts').then(({ registerShell }) => registerShell(() => true)).catch(console.error)
})
