import type { ComponentChildren } from 'preact'
import type { Failure } from '../../../check-in/walk-state.ts'
import { en } from '../../../core/texts-en.ts'
import { id } from '../../../core/texts-id.ts'
import { Button } from '../../../ui/button.tsx'
import { CameraView } from '../../../ui/camera-view.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { ShotPicture } from '../../../ui/shot-picture.tsx'
import { useCameras } from '../../../ui/use-cameras.ts'
import { useCountdown } from '../../../ui/use-seconds.ts'
import { useLanguage, useWords } from '../../app-context.ts'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { faceTexts } from './texts.ts'
import type { CameraWalk } from './use-camera-walk.ts'
import './faces.css'

/** The walks' own texts, in the chosen language. */
export const useWalkTexts = () => (useLanguage() === 'en' ? en : id)

/** What the office can do about a failure, other than trying again: where to go. */
const ELSEWHERE: Partial<Record<Failure, readonly string[]>> = {
  device_pending: ['requests', 'devices'],
  waiting_for_review: ['requests', 'cases'],
}

function Failed({ failure, retryAfter, onRetry }: { failure: Failure; retryAfter: number; onRetry: () => void }) {
  const words = useWords(faceTexts)
  const general = useWords(common)
  const texts = useWalkTexts()
  const wait = useCountdown(retryAfter)
  const own = (words.failures as Partial<Record<Failure, { title: string; body: string }>>)[failure]
  const { title, body } = own ?? texts.failures[failure]
  const way = ELSEWHERE[failure]
  return (
    <div class="stack" data-testid="walk-failed" data-failure={failure}>
      <Notice kind="bad" title={title} alert>
        {body}
      </Notice>
      <div class="row-actions">
        {way && (
          <a class="button primary" href={addressOf(way)}>
            {words.goThere}
          </a>
        )}
        <Button kind={way ? 'plain' : 'primary'} disabled={wait > 0} onPress={onRetry} testId="walk-retry">
          {wait > 0 ? words.wait(String(wait)) : general.retry}
        </Button>
      </div>
    </div>
  )
}

/** A walk before this computer's camera: the view, the shots to choose from, and what went wrong. */
export function CameraWalkView<R>({ walk, before }: { walk: CameraWalk<R>; before: ComponentChildren }) {
  const texts = useWalkTexts()
  const words = useWords(faceTexts)
  const language = useLanguage()
  const cameras = useCameras(walk.camera !== null)
  const { state } = walk
  if (state === null) return <>{before}</>
  if (state.stage === 'failed')
    return <Failed failure={state.failure} retryAfter={state.retryAfter ?? 0} onRetry={() => walk.start()} />
  if (state.stage === 'choosing')
    return (
      <section class="panel" aria-label={texts.choosing.title}>
        <h2>{words.chooseTitle}</h2>
        <p>{words.chooseBody}</p>
        <ul class="photos">
          {state.shots.map((shot, at) => {
            const name = texts.choosing.pose[shot.prompt] ?? texts.choosing.other(at + 1)
            return (
              <li key={`${shot.prompt}-${at}`}>
                <ShotPicture picture={shot.picture} label={name} />
                <span>{name}</span>
                <span class="badge good">{words.qualityOf(Math.floor(shot.quality))}</span>
                <Button kind="quiet" label={texts.choosing.retakeOf(name)} onPress={() => walk.retake(at)}>
                  {texts.choosing.retake}
                </Button>
              </li>
            )
          })}
        </ul>
        <div class="row-actions end">
          <Button onPress={walk.cancel}>{texts.cancel}</Button>
          <Button kind="primary" onPress={walk.keep} testId="save-shots">
            {words.save}
          </Button>
        </div>
      </section>
    )
  return (
    <section class="panel camera-panel" aria-label={texts.camera.title}>
      <CameraView
        state={state}
        camera={walk.camera}
        cameras={cameras}
        texts={texts}
        language={language}
        onPick={(cameraId) => walk.start(cameraId)}
        onCancel={walk.cancel}
      />
    </section>
  )
}
