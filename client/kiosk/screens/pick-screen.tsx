import { useEffect, useRef, useState } from 'preact/hooks'
import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { ScreenProps } from '../app.tsx'
import type { RosterEntry } from '../kiosk.ts'
import { Sheet } from './sheet.tsx'
import { useIdle, useUntouched } from './use-idle.ts'

/** Nobody touched anything for this long: back to the door, ms. */
const IDLE_MS = 25_000

/** Without network: kelas, then name; or the NIM; or no name at all. */
export function PickScreen({ kiosk, wording }: ScreenProps) {
  const { texts } = useStore(wording)
  const [kelas, setKelas] = useState<readonly string[] | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const [students, setStudents] = useState<readonly RosterEntry[]>([])
  useEffect(() => {
    kiosk.kelas().then(
      (found) => {
        setKelas(found)
        // One class only: nothing to choose.
        if (found.length === 1) setChosen(found[0] ?? null)
      },
      () => setKelas([]),
    )
  }, [kiosk])
  useEffect(() => {
    if (chosen !== null) kiosk.inKelas(chosen).then(setStudents, () => setStudents([]))
  }, [kiosk, chosen])
  useIdle(IDLE_MS, kiosk.cancel)
  const view = useStore(kiosk.view)
  const { online } = useStore(kiosk.status)
  // The network is back, and she is recognised again without a word.
  useUntouched(online && view.kind === 'pick' && view.byItself === true, () => kiosk.cancel(false))
  /** The button that was pressed goes; the heading over what comes in its place takes the focus. */
  const choose = (kelas: string | null) => {
    setStudents([])
    setChosen(kelas)
    heading.current?.focus({ preventScroll: true })
  }
  return (
    <Sheet title={texts.pick.title} testId="pick-screen" over class="pick">
      {/* Its place stays: names must not move under a finger. */}
      <p class={online ? 'lead unseen' : 'lead'}>{texts.pick.lead}</p>
      {kelas?.length === 0 && <p class="lead">{texts.pick.empty}</p>}
      <h2 ref={heading} tabIndex={-1}>
        {chosen === null ? texts.pick.kelas : `${chosen || texts.pick.noKelas}: ${texts.pick.name}`}
      </h2>
      <ul class="tiles">
        {chosen === null
          ? kelas?.map((one) => (
              <li key={one}>
                <button type="button" onClick={() => choose(one)}>
                  {one || texts.pick.noKelas}
                </button>
              </li>
            ))
          : students.map((one) => (
              <li key={one.nim}>
                <button type="button" data-nim={one.nim} onClick={() => kiosk.claim(one)}>
                  {one.name}
                  <small class="numbers">{one.nim}</small>
                </button>
              </li>
            ))}
      </ul>
      <div class="pair">
        {chosen !== null && (kelas?.length ?? 0) > 1 && (
          <Button large onPress={() => choose(null)}>
            {texts.back}
          </Button>
        )}
        <Button large onPress={kiosk.typeNim}>
          {texts.useNim}
        </Button>
        <Button large testId="unnamed" onPress={() => kiosk.claim({ nim: null, name: null, kelas: null })}>
          {texts.pick.unnamed}
        </Button>
        <Button kind="quiet" large onPress={kiosk.cancel}>
          {texts.cancel}
        </Button>
        <Button kind="quiet" large onPress={kiosk.openSettings} testId="pick-settings">
          <Icon name="lock" size={20} /> {texts.settings}
        </Button>
      </div>
    </Sheet>
  )
}
