import type { Camera } from '../camera/camera-types.ts'
import type { CameraChoice } from '../camera/list-cameras.ts'
import type { Hint, Prompt, WalkState } from '../check-in/walk-state.ts'
import { formatMegabytes } from '../core/clock.ts'
import type { Language } from '../core/language.ts'
import type { Texts } from '../core/texts-id.ts'
import { Button } from './button.tsx'
import { CameraOval } from './camera-oval.tsx'
import { Icon } from './icon.tsx'
import { DoneFigure, PromptFigure } from './prompt-figure.tsx'
import { ShotPicture } from './shot-picture.tsx'

/** The stages this view shows; the others have screens of their own. */
export type CameraStage = Exclude<WalkState, { stage: 'failed' | 'choosing' }>

interface CameraViewProps {
  readonly state: CameraStage
  readonly camera: Camera | null
  readonly cameras: readonly CameraChoice[]
  readonly texts: Texts
  readonly language: Language
  readonly onPick: (cameraId: string) => void
  readonly onCancel: () => void
}

const promptOf = (state: CameraStage): Prompt | null =>
  state.stage === 'asking' || state.stage === 'shooting' ? state.prompt : null

const hintOf = (state: CameraStage): Hint | null => ('hint' in state ? state.hint : null)

/** Between two prompts, after one that was not met or a face that went away. */
const comesBack = (state: CameraStage) => state.stage === 'asking' && state.prompt === null && !state.praise

/** The camera's part is over, and nobody knows yet what comes of it. */
const isChecking = ({ stage }: CameraStage) => stage === 'sealing' || stage === 'sending'

/** How full the ring is: none before the camera, full only once all of it is over. */
function ringOf(state: CameraStage): number {
  if ('ring' in state) return state.ring
  if (isChecking(state)) return 0.95
  return state.stage === 'done' ? 1 : 0
}

/** The one large line of the view. */
function orderOf(state: CameraStage, texts: Texts): string {
  const { camera, prompts } = texts
  const prompt = promptOf(state)
  if (prompt) return prompts[prompt]
  if (comesBack(state)) return texts.hints.look_straight
  if (state.stage === 'loading') return camera.starting
  if (state.stage === 'permission') return camera.permission
  if (state.stage === 'settling') return camera.settling
  if (isChecking(state)) return camera.checking
  return state.stage === 'done' ? camera.finished : camera.next
}

function underOf(state: CameraStage, texts: Texts): string {
  const { camera } = texts
  if (state.stage === 'asking') return state.prompt ? camera.seconds(Math.max(0, Math.ceil(state.secondsLeft))) : ''
  if (state.stage === 'shooting') return camera.shot(state.shots.length + 1, Math.max(3, state.shots.length + 1))
  if (state.stage === 'permission') return camera.permissionBody
  if (state.stage === 'settling') return camera.settlingBody
  return isChecking(state) ? camera.finishedBody : ''
}

function Figure({ state }: { state: CameraStage }) {
  const prompt = promptOf(state)
  if (prompt) return <PromptFigure prompt={prompt} key={prompt} />
  if (isChecking(state)) return <Icon name="clock" size={56} />
  if ((state.stage === 'asking' && state.praise) || state.stage === 'done') return <DoneFigure />
  return <PromptFigure prompt="pose-front" />
}

function Steps({ state, texts }: { state: CameraStage; texts: Texts }) {
  if (state.stage !== 'asking') return <span />
  const marks = Array.from({ length: state.steps }, (_, at) => at + 1)
  return (
    <span class="steps" role="img" aria-label={texts.camera.step(state.step, state.steps)}>
      {marks.map((at) => (
        <i key={at} class={at < state.step ? 'past' : at === state.step ? 'now' : ''} />
      ))}
    </span>
  )
}

function Loading({ state, texts, language }: { state: CameraStage; texts: Texts; language: Language }) {
  if (state.stage !== 'loading') return null
  const { loaded, total } = state.progress
  return (
    <div class="meter">
      <progress aria-label={texts.camera.progress} max={Math.max(1, total)} value={loaded} />
      {total > 0 && (
        <span class="numbers">
          {texts.camera.loading(formatMegabytes(loaded, language), formatMegabytes(total, language))}
        </span>
      )}
      <span>{texts.camera.loadingOnce}</span>
    </div>
  )
}

/**
 * The camera screen: what to do, the preview in its oval, one hint, and the way out, until the server has what it may act on.
 * Renders a walk's state and nothing else.
 */
export function CameraView({ state, camera, cameras, texts, language, onPick, onCancel }: CameraViewProps) {
  const order = orderOf(state, texts)
  const hint = hintOf(state)
  const hintLine = hint ? texts.hints[hint] : texts.camera.good
  const over = isChecking(state) || state.stage === 'done'
  const watching = state.stage === 'settling' || state.stage === 'asking' || state.stage === 'shooting'
  return (
    <div class="camera" data-testid="camera-view" data-stage={state.stage} data-prompt={promptOf(state) ?? ''}>
      <div class="camera-bar">
        <Button kind="quiet" disabled={state.stage === 'sending'} onPress={onCancel} testId="cancel">
          <Icon name="cross" size={20} />
          {texts.cancel}
        </Button>
        <Steps state={state} texts={texts} />
        <span class="attempt">{state.stage === 'asking' && texts.camera.attempt(state.attempt)}</span>
      </div>
      <div class="ask">
        <div class="tile">
          <Figure state={state} />
        </div>
        <div class="words">
          <p class="order" aria-live="assertive">
            {order}
          </p>
          <p class={state.stage === 'asking' ? 'under numbers counts' : 'under numbers'}>{underOf(state, texts)}</p>
        </div>
      </div>
      <CameraOval
        video={camera?.video ?? null}
        previewLabel={texts.camera.preview}
        ring={ringOf(state)}
        ringLabel={texts.camera.progress}
        dim={over}
      >
        {isChecking(state) && <span class="spinner" />}
      </CameraOval>
      <p class={hint && watching ? 'hint says' : 'hint calm'} aria-live="polite">
        {watching && hintLine !== order && hintLine}
      </p>
      <div class="camera-foot">
        <Loading state={state} texts={texts} language={language} />
        {state.stage === 'shooting' && (
          <div class="strip">
            {state.shots.map((shot, at) => (
              <ShotPicture key={`${shot.prompt}-${at}`} picture={shot.picture} label={texts.choosing.other(at + 1)} />
            ))}
            {Array.from({ length: Math.max(0, 3 - state.shots.length) }, (_, at) => (
              <span class="empty" key={`empty-${at + state.shots.length}`} />
            ))}
          </div>
        )}
        {watching && cameras.length > 1 && (
          <label class="picker">
            <Icon name="camera" size={20} />
            <span class="hidden-text">{texts.camera.picker}</span>
            <select value={camera?.deviceId ?? ''} onChange={(event) => onPick(event.currentTarget.value)}>
              {cameras.map(({ deviceId, label }, at) => (
                <option key={deviceId} value={deviceId}>
                  {label || texts.camera.unnamed(at + 1)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
    </div>
  )
}
