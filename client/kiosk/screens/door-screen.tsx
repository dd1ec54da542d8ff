import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import { CameraOval } from '../../ui/camera-oval.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PromptFigure } from '../../ui/prompt-figure.tsx'
import type { ScreenProps } from '../app.tsx'
import type { Status, View } from '../kiosk.ts'
import type { Texts } from '../texts-id.ts'
import { WallClock } from './wall-clock.tsx'

/** The large line over the oval and the one under it. */
function wordsOf(view: View, status: Status, texts: Texts): { order: string; under: string } {
  const { stop } = status
  if (stop !== null && !status.online) return { order: texts.stops[stop].title, under: texts.stops[stop].body }
  if (status.camera === null && status.cameraTrouble !== null)
    return { order: texts.cameras[status.cameraTrouble], under: '' }
  if (status.loaded === null) return { order: texts.noFaces, under: '' }
  if (status.loaded < 1) return { order: texts.loadingFaces(Math.floor(status.loaded * 100)), under: '' }
  if (view.kind === 'walk') {
    const { state } = view
    if (state.stage === 'asking') {
      const order = state.prompt ? texts.prompts[state.prompt] : texts.prompts['pose-front']
      const again = state.attempt > 1 ? texts.attempt(state.attempt) : ''
      return { order, under: state.hint ? texts.hints[state.hint] : again }
    }
    if (state.stage === 'settling') return { order: texts.settling, under: state.hint ? texts.hints[state.hint] : '' }
    return { order: texts.checking, under: '' }
  }
  const hint = view.kind === 'idle' ? view.hint : null
  if (hint !== null) return { order: texts.idle[hint], under: '' }
  return { order: texts.invite, under: status.online ? texts.inviteBody : texts.inviteOffline }
}

/** Idle and walk: the same picture in the same place, the words change. */
export function DoorScreen({ kiosk, wording, view }: ScreenProps & { view: View }) {
  const { texts, language } = useStore(wording)
  const status = useStore(kiosk.status)
  const { order, under } = wordsOf(view, status, texts)
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
        <Signals status={status} texts={texts} kiosk={kiosk} />
      </aside>
    </div>
  )
}

/** How the kiosk itself is. */
function Signals({ status, texts, kiosk }: { status: Status; texts: Texts } & Pick<ScreenProps, 'kiosk'>) {
  const { online, queue, oldest, stock, stockTarget, late } = status
  const low = !online && stock * 10 < stockTarget
  const [last] = late.filter(({ needTeacher }) => needTeacher > 0)
  return (
    <div class="signals">
      <span class={online ? 'pill good' : 'pill warn'} data-testid="network" data-online={online}>
        <Icon name={online ? 'network' : 'network-off'} size={18} /> {online ? texts.online : texts.offline}
      </span>
      <span class={queue > 0 ? 'pill warn' : 'pill'} data-testid="queue" data-queue={queue}>
        {texts.waiting(queue)}
        {oldest !== null && `, ${texts.oldest(clockOf(oldest, status.timeZone))}`}
      </span>
      <span class={low ? 'pill warn' : 'pill'} data-testid="stock" data-stock={stock}>
        {texts.stock(stock)}
      </span>
      {last && (
        <span class="pill warn">{texts.late(last.needTeacher, last.date.slice(5).split('-').reverse().join('/'))}</span>
      )}
      <Button kind="quiet" onPress={kiosk.openSettings} testId="settings">
        <Icon name="lock" size={20} /> {texts.settings}
      </Button>
    </div>
  )
}

const clockOf = (iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(iso))
