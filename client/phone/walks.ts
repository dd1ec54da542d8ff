import type { User } from '../../shared/contract/auth.ts'
import type { Camera } from '../camera/camera-types.ts'
import type { WalkProgress, WalkState } from '../check-in/walk-state.ts'
import type { Api, FaceRegisterReply, Place, SubmitReply } from '../core/api.ts'

export interface WalkOptions {
  readonly api: Api
  readonly user: User
  onState(state: WalkState): void
  onCamera(camera: Camera): void
  readonly cameraId?: string
  /** Where she is by the newest reading, if she agreed to send it along; asked when the evidence is sent. */
  placeNow?(): Place | undefined | Promise<Place | undefined>
}

/** A walk under way. `done` is null when it failed or was cancelled. */
export interface WalkRun<R> {
  cancel(): void
  readonly done: Promise<R | null>
  /** Enrolment: the shots are kept and sent. */
  keep?(): void
  /** Enrolment: the shot at this index is taken again. */
  retake?(index: number): void
}

export type StartWalk<R> = (options: WalkOptions) => WalkRun<R>

/**
 * The two walks, fetched when they are wanted: the networks' libraries, the signing and its key's store stay out of the
 * page's first bundle.
 */
export interface Walks {
  checkIn(): Promise<StartWalk<SubmitReply>>
  enrol(): Promise<StartWalk<FaceRegisterReply>>
  /** Loads and warms up the networks ahead of a walk; rejects when they cannot be had. */
  prepare(onProgress: (progress: WalkProgress) => void): Promise<void>
}

export const walks: Walks = {
  checkIn: async () => (await import('../check-in/walk.ts')).startCheckIn,
  enrol: async () => (await import('../enrol/walk.ts')).startEnrol,
  prepare: async (onProgress) => (await import('../check-in/engine-holder.ts')).prepareEngine(onProgress),
}
