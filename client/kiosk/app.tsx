import { useLayoutEffect, useRef } from 'preact/hooks'
import { type Store, useStore } from '../core/store.ts'
import { announce, announceHint } from './announce.ts'
import { type Entry, isEntry, type Kiosk, type View } from './kiosk.ts'
import { BrokenScreen } from './screens/broken-screen.tsx'
import { CodeScreen } from './screens/code-screen.tsx'
import { DoorScreen } from './screens/door-screen.tsx'
import { FingerprintScreen } from './screens/fingerprint-screen.tsx'
import { NimScreen } from './screens/nim-screen.tsx'
import { PickScreen } from './screens/pick-screen.tsx'
import { PinScreen } from './screens/pin-screen.tsx'
import { ResultScreen } from './screens/result-screen.tsx'
import { RevokedScreen } from './screens/revoked-screen.tsx'
import { SettingsScreen } from './screens/settings-screen.tsx'
import { wakeSound } from './sound.ts'
import { fillScreen } from './whole-screen.ts'
import type { WordingChoice } from './wording.ts'

/** What every screen is given. */
export interface ScreenProps {
  readonly kiosk: Kiosk
  readonly wording: WordingChoice
}

function EntryScreen({ view, ...props }: ScreenProps & { view: Entry }) {
  if (view.kind === 'nim') return <NimScreen {...props} />
  if (view.kind === 'pick') return <PickScreen {...props} />
  if (view.kind === 'pin') return <PinScreen {...props} view={view} />
  return <SettingsScreen {...props} />
}

/**
 * The door stays in its place under every other screen, for a video that leaves the page would stop; so does a screen in which
 * somebody was typing when another one's result came.
 */
function Paired({ view, ...props }: ScreenProps & { view: View }) {
  const isResult = view.kind === 'result'
  const entry = isResult ? (view.behind ?? null) : isEntry(view) ? view : null
  const [door, behind] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)]
  const focused = useRef<Element | null>(null)
  useLayoutEffect(() => {
    door.current?.toggleAttribute('inert', isResult || entry !== null)
  }, [isResult, entry !== null])
  useLayoutEffect(() => {
    if (isResult) focused.current = document.activeElement
    behind.current?.toggleAttribute('inert', isResult)
    const field = focused.current
    if (!isResult && field instanceof HTMLElement && behind.current?.contains(field)) field.focus()
  }, [isResult])
  return (
    <>
      <div ref={door}>
        <DoorScreen {...props} view={view} />
      </div>
      <div ref={behind}>{entry !== null && <EntryScreen {...props} view={entry} />}</div>
      {isResult && <ResultScreen {...props} result={view.result} />}
    </>
  )
}

function Screens({ kiosk, wording }: ScreenProps) {
  const view = useStore(kiosk.view)
  const { texts } = useStore(wording)
  const last = useRef(view)
  const isClosed = useRef(false)
  if (last.current !== view) {
    isClosed.current = isEntry(last.current) && view.kind === 'idle' && view.claim === null
    last.current = view
  }
  // A screen that nobody touched goes by itself: who does not see it is told.
  const said = announce(view, useStore(kiosk.status), texts) || (isClosed.current ? texts.closed : '')
  return (
    <main class="kiosk">
      <div class="hidden-text" aria-live="assertive" role="status">
        {said}
      </div>
      <div class="hidden-text" aria-live="polite">
        {announceHint(view, texts)}
      </div>
      {view.kind === 'starting' && <Starting text={texts.starting} />}
      {view.kind === 'code' && <CodeScreen kiosk={kiosk} wording={wording} view={view} />}
      {view.kind === 'fingerprint' && <FingerprintScreen {...{ kiosk, wording }} fingerprint={view.fingerprint} />}
      {view.kind === 'revoked' && <RevokedScreen {...{ kiosk, wording }} refused={view.refused} />}
      {view.kind === 'broken' && <BrokenScreen wording={wording} />}
      {view.kind === 'pin' && view.opens === 'lose' ? (
        <PinScreen {...{ kiosk, wording, view }} />
      ) : (
        (['idle', 'known', 'walk', 'result'].includes(view.kind) || isEntry(view)) && (
          <Paired {...{ kiosk, wording, view }} />
        )
      )}
    </main>
  )
}

const Starting = ({ text }: { text: string }) => (
  <div class="sheet calm">
    <span class="spinner" />
    <h1>{text}</h1>
  </div>
)

/** The kiosk's page. */
export function App({ opened, wording }: { opened: Store<Kiosk | null>; wording: WordingChoice }) {
  const kiosk = useStore(opened)
  const { texts } = useStore(wording)
  useLayoutEffect(() => {
    wakeSound()
    // The whole screen is had after a touch only, and in most browsers so is sound.
    document.addEventListener('pointerup', fillScreen, { once: true })
    document.addEventListener('pointerup', wakeSound)
    document.addEventListener('keydown', wakeSound)
  }, [])
  if (kiosk === null)
    return (
      <main class="kiosk">
        <Starting text={texts.starting} />
      </main>
    )
  return <Screens kiosk={kiosk} wording={wording} />
}
