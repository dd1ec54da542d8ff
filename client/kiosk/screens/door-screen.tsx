import { readWallClock } from '../../../shared/attendance/zone.ts'
import type { Language } from '../../core/language.ts'
import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import { CameraOval } from '../../ui/camera-oval.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PromptFigure } from '../../ui/prompt-figure.tsx'
import type { ScreenProps } from '../app.tsx'
import type { Kiosk, Status, View } from '../kiosk.ts'
import type { Texts } from '../texts-id.ts'
import { dayWords, doorWords, waitingWords } from './door-words.ts'
import { WallClock } from './wall-clock.tsx'

/** Idle and walk: the same picture in the same place, the words change. */
export function DoorScreen({ kiosk, wording, view }: ScreenProps & { view: View }) {
  const { texts, language } = useStore(wording)
  const status = useStore(kiosk.status)
  const { order, under } = doorWords(view, status, texts)
  const walk = view.kind === 'walk' ? view.state : null
  const stopped = status.stop !== null && !status.online
  const prompt = walk?.stage === 'asking' ? walk.prompt : null
  const claim = view.kind === 'idle' || view.kind === 'walk' ? view.claim : null
  const ring = walk === null ? 0 : 'ring' in walk ? walk.ring : 1
  return (
    <div
      class={walk ? 'door walking' : 'door'}
      data-testid="camera-view"
      data-stage={walk?.stage ?? view.kind}
      data-prompt={prompt ?? ''}
      data-stop={stopped ? status.stop : null}
    >
      {status.lab && <p class="lab">{texts.lab}</p>}
      <div class="seen">
        <div class="call">
          {prompt && <PromptFigure prompt={prompt} key={prompt} />}
          <h1 class={stopped ? 'order bad' : 'order'}>{order}</h1>
        </div>
        <CameraOval
          video={status.camera?.video ?? null}
          previewLabel={texts.preview}
          ring={ring}
          ringLabel={texts.progress}
          dim={walk?.stage === 'sealing' || walk?.stage === 'sending' || stopped}
        />
        <p class="under">{under}</p>
      </div>
      <aside class="side">
        <WallClock kiosk={kiosk} status={status} texts={texts} language={language} />
        {claim !== null && (
          <p class="claim">
            <Icon name="face" /> {texts.claimed(claim.name ?? claim.nim ?? texts.result.unnamed)}
          </p>
        )}
        <div class="ways">
          {!status.online && !stopped && (
            <Button large wide kind={claim === null ? 'primary' : 'plain'} onPress={kiosk.choose} testId="pick">
              {claim === null ? texts.pickName : texts.pickOther}
            </Button>
          )}
          {!stopped && (
            <Button large wide onPress={claim === null ? kiosk.typeNim : kiosk.cancel} testId="use-nim">
              {claim === null ? texts.useNim : texts.cancel}
            </Button>
          )}
        </div>
        <Signals {...{ status, texts, language, kiosk }} />
      </aside>
    </div>
  )
}

/** How the kiosk itself is. */
function Signals(props: {
  readonly status: Status
  readonly texts: Texts
  readonly language: Language
  readonly kiosk: Kiosk
}) {
  const { status, texts, language, kiosk } = props
  const { online, queue, stock, stockTarget, late } = status
  const now = kiosk.now()
  const today = readWallClock(now, status.timeZone).iso.slice(0, 10)
  const low = !online && stock * 10 < stockTarget
  const [last] = late.filter(({ needTeacher }) => needTeacher > 0)
  return (
    <div class="signals">
      <span class={online ? 'pill good' : 'pill warn'} data-testid="network" data-online={online}>
        <Icon name={online ? 'network' : 'network-off'} size={18} /> {online ? texts.online : texts.offline}
      </span>
      <span class={queue > 0 ? 'pill warn' : 'pill'} data-testid="queue" data-queue={queue}>
        {waitingWords(status, now, texts, language)}
      </span>
      <span class={low ? 'pill warn' : 'pill'} data-testid="stock" data-stock={stock}>
        {texts.stock(stock)}
      </span>
      {last && <span class="pill warn">{texts.late(last.needTeacher, dayWords(last.date, today, texts))}</span>}
      {!online && !status.clockKnown && (
        <span class="pill warn">
          <Icon name="clock" size={18} /> {texts.clockUnknown}
        </span>
      )}
      <Button kind="quiet" onPress={kiosk.openSettings} testId="settings">
        <Icon name="lock" size={20} /> {texts.settings}
      </Button>
    </div>
  )
}
