import type { Embedded, Look } from '../check-in/recorder.ts'
import { deliver, sealEvidence, whileAwake } from '../check-in/send.ts'
import { hintOf } from '../check-in/show.ts'
import { runWalk, type Walk, type WalkApi, type WalkHandle, type WalkOptions } from '../check-in/walk-core.ts'
import { WalkFailure } from '../check-in/walk-failure.ts'
import type { ShotView } from '../check-in/walk-state.ts'
import type { Api, FaceRegisterReply } from '../core/api.ts'
import { cropFace } from './crop-face.ts'
import { checkShot, POSES, type PosePrompt } from './shots.ts'

/** Share of the progress ring the shots take. */
const RESERVE = 0.5
/** A shot that does not come about within this time ends the walk, ms. */
const SHOT_LIMIT_MS = 60_000

/** What enrolling asks of the server: the person's own rows, or the office's for somebody else. */
export type EnrolApi = WalkApi & Pick<Api, 'register'>

export interface EnrolHandle extends WalkHandle<FaceRegisterReply> {
  /** The shots shown in `choosing` are kept and sent. */
  keep(): void
  /** The shot at this index is taken again. */
  retake(index: number): void
}

interface Shot extends ShotView {
  readonly frame: number
}

/** Takes the shots that are still missing, in order; those already there stay. */
async function shoot(walk: Walk<EnrolApi>, prompts: readonly PosePrompt[], shots: (Shot | null)[]): Promise<void> {
  const { show, steady, trouble } = walk
  const views = () => shots.filter((shot) => shot !== null)
  for (const [i, prompt] of prompts.entries()) {
    if (shots[i]) continue
    const ring = 1 - RESERVE + (RESERVE * views().length) / prompts.length
    // Said before any frame: the screen has to show the camera again, or none would come.
    show({ stage: 'shooting', prompt, shots: views(), hint: null, ring })
    let startedAt: number | null = null
    const taken = new Promise<Shot>((resolve, reject) => {
      let pending = false
      walk.handOver((look: Look) => {
        const { t } = look.frame
        startedAt ??= t
        if (pending) return null
        const check = checkShot(prompt, look.seen, look.measures?.pose ?? null, t - startedAt)
        if (!check.good) {
          const hint = steady(check.hint ?? hintOf(look), look)
          show({ stage: 'shooting', prompt, shots: views(), hint, ring })
          if (t - startedAt > SHOT_LIMIT_MS) reject(new WalkFailure('no_good_shot'))
          return null
        }
        pending = true
        // The crop is asked for before the picture is handed on to the embedder, so it is still whole.
        cropFace(look.image, look.frame.box).then(
          (picture) => resolve({ prompt, picture, quality: check.quality, frame: look.index }),
          reject,
        )
        return { shot: true, quality: check.quality }
      })
    })
    shots[i] = await Promise.race([taken, trouble])
  }
  walk.handOver(() => null)
}

/**
 * Enrol a face: the challenges as at a check-in, then three shots (front, a little left, a little right; any pose where
 * the person's accommodation says so), each good enough by itself; the person keeps them or takes one again; one sealed
 * set goes to the server. The pictures shown for the choice never leave the page.
 */
export function startEnrol(options: WalkOptions<EnrolApi>): EnrolHandle {
  let keep = () => {}
  let retake = (_index: number) => {}
  const handle = runWalk<FaceRegisterReply, EnrolApi>(options, 'enrol', RESERVE, async (walk) => {
    const { api, camera, recorder, session, ticket, signal, show, trouble } = walk
    const send = async (embedded: readonly Embedded[]) => {
      show({ stage: 'sealing' })
      const sealed = await sealEvidence({ ...walk, embedded })
      show({ stage: 'sending' })
      return whileAwake(async () => {
        recorder.stop()
        camera.stop()
        return deliver(sealed, (body) => api.register(body, signal), signal)
      })
    }
    // Challenges not met: the server judges that too, and counts it.
    if (session.phase === 'failed') return send(await recorder.embedded())

    recorder.slowDown()
    const prompts = POSES[ticket.poses]
    const shots: (Shot | null)[] = prompts.map(() => null)
    for (;;) {
      recorder.resume()
      await shoot(walk, prompts, shots)
      recorder.pause()
      const index = await Promise.race([
        new Promise<number | null>((resolve) => {
          keep = () => resolve(null)
          retake = resolve
          show({ stage: 'choosing', shots: shots.filter((shot) => shot !== null) })
        }),
        trouble,
      ])
      if (index === null) break
      shots[index]?.picture.close()
      shots[index] = null
    }
    const kept = new Set(shots.map((shot) => shot?.frame))
    const embedded = await Promise.race([recorder.embedded(), trouble])
    for (const shot of shots) shot?.picture.close()
    return send(embedded.filter(({ shot, frame }) => !shot || kept.has(frame)))
  })
  return { ...handle, keep: () => keep(), retake: (index) => retake(index) }
}
