import { useState } from 'preact/hooks'
import { formatDay } from '../../core/clock.ts'
import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useCameras } from '../../ui/use-cameras.ts'
import type { ScreenProps } from '../app.tsx'
import { keep, readKept } from '../kept.ts'
import { playResult } from '../sound.ts'
import { fillScreen, leaveScreen } from '../whole-screen.ts'
import { waitingWords } from './door-words.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { Sheet } from './sheet.tsx'
import { useIdle } from './use-idle.ts'

/** Staff went without closing it: back to the door, ms. */
const IDLE_MS = 120_000

/** For staff: language, camera, sound, the whole screen, and what became of what was kept without network. */
export function SettingsScreen({ kiosk, wording }: ScreenProps) {
  const { texts, language } = useStore(wording)
  const { setup } = texts
  const status = useStore(kiosk.status)
  const cameras = useCameras(true)
  const now = kiosk.now()
  const [sound, setSound] = useState(readKept('sound') !== 'off')
  const [full, setFull] = useState(document.fullscreenElement !== null)
  useIdle(IDLE_MS, kiosk.cancel)
  const switchSound = (on: boolean) => {
    keep('sound', on ? null : 'off')
    setSound(on)
    // How loud it is, is heard here.
    playResult({ kind: 'recorded' })
  }
  return (
    <Sheet title={setup.title} testId="settings-screen" over class="settings">
      {!status.hasPin && <Notice kind="warn">{setup.noPin}</Notice>}
      <LanguageSwitch wording={wording} />
      <label class="row">
        {setup.camera}
        {cameras.length === 0 && <span>{texts.cameras.none}</span>}
        <select
          hidden={cameras.length === 0}
          value={status.camera?.deviceId ?? ''}
          onChange={(event) => kiosk.pickCamera(event.currentTarget.value)}
        >
          {cameras.map(({ deviceId, label }, at) => (
            <option key={deviceId} value={deviceId}>
              {label || setup.unnamed(at + 1)}
            </option>
          ))}
        </select>
      </label>
      <label class="row">
        {setup.sound}
        <input type="checkbox" checked={sound} onChange={(event) => switchSound(event.currentTarget.checked)} />
      </label>
      <Button
        large
        onPress={() => {
          if (full) leaveScreen()
          else fillScreen()
          setFull(!full)
        }}
      >
        {full ? setup.leave : setup.full}
      </Button>
      <h2>{setup.about}</h2>
      <p>
        {[status.label, status.room, status.kelas?.join(', ') ?? texts.allKelas].filter(Boolean).join(' · ')}
        <br />
        {[status.online ? texts.online : texts.offline, waitingWords(status, now, texts, language)].join(' · ')}
        <br />
        {[texts.stock(status.stock), status.online || status.clockKnown ? '' : texts.clockUnknown]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <h2>{setup.results}</h2>
      {status.late.length === 0 && <p>{setup.noResults}</p>}
      <ul class="late">
        {status.late.map(({ date, recorded, already, needTeacher, notLive }) => (
          <li key={date}>
            <strong>{formatDay(date, language)}</strong>
            <span>{setup.day(recorded, already, needTeacher, notLive)}</span>
          </li>
        ))}
      </ul>
      <Button kind="primary" large onPress={kiosk.cancel} testId="settings-done">
        {setup.done}
      </Button>
    </Sheet>
  )
}
