import type { ProblemCode } from '../../shared/contract/problem.ts'
import type { ChallengeName } from '../../shared/liveness/challenges.ts'
import type { CameraTrouble } from '../camera/camera-types.ts'

/** One short hint at a time, worst first. */
export type Hint =
  | 'no_face'
  | 'one_face_only'
  | 'closer'
  | 'further'
  | 'centre'
  | 'too_dark'
  | 'too_bright'
  | 'look_straight'
  | 'hold_still'
  | 'blurred'
  | 'uncover_face'

/** What the person is asked to do now. Poses belong to enrolment. */
export type Prompt = ChallengeName | 'pose-front' | 'pose-left' | 'pose-right' | 'pose-any'

/** Everything that can end a walk without a receipt. Each has a text that says what to do next. */
export type Failure =
  | ProblemCode
  | CameraTrouble
  | 'no_network'
  | 'no_engine'
  | 'engine_failed'
  | 'no_challenge_met'
  | 'no_good_shot'

export interface WalkProgress {
  /** The networks: bytes read and in all. */
  readonly loaded: number
  readonly total: number
}

/**
 * What a walk shows at a moment. The screen renders this and nothing else; `camera.video` comes by `onCamera`.
 * loading -> (camera permission) -> settling (find the face, measure its open eyes) -> asking (prompts, in order) ->
 * shooting (enrolment only) -> sealing -> sending -> done | failed
 */
export type WalkState =
  | { readonly stage: 'loading'; readonly progress: WalkProgress }
  | { readonly stage: 'permission' }
  | { readonly stage: 'settling'; readonly hint: Hint | null; readonly ring: number }
  | {
      readonly stage: 'asking'
      /** null: a rest, in which the face comes back to the front. */
      readonly prompt: Prompt | null
      /** The rest follows on a challenge that was met. */
      readonly praise?: boolean
      /** 1, 2 or 3. */
      readonly attempt: number
      readonly step: number
      readonly steps: number
      /** Seconds left for this prompt. */
      readonly secondsLeft: number
      readonly hint: Hint | null
      /** The whole walk, 0..1, never falling. */
      readonly ring: number
    }
  | {
      readonly stage: 'shooting'
      readonly prompt: Prompt
      readonly shots: readonly ShotView[]
      readonly hint: Hint | null
      readonly ring: number
    }
  /** All shots are there: the person keeps them or retakes one. */
  | { readonly stage: 'choosing'; readonly shots: readonly ShotView[] }
  | { readonly stage: 'sealing' }
  | { readonly stage: 'sending' }
  | { readonly stage: 'done' }
  | { readonly stage: 'failed'; readonly failure: Failure; readonly retryAfter?: number }

/** A kept enrolment shot: shown on this device only, as a canvas picture of the face. */
export interface ShotView {
  readonly prompt: Prompt
  readonly picture: ImageBitmap
  readonly quality: number
}
