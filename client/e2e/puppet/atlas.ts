import type { Expression } from './page/move-face.ts'

/** One picture of the puppet, 640x480, as base64 of a JPEG. */
export interface AtlasFrame extends Expression {
  readonly jpeg: string
}

/** How far the puppet goes for each act, as asked of its mesh (degrees from rest, or shares). */
export interface Reach {
  readonly turnLeft: number
  readonly turnRight: number
  readonly poseLeft: number
  readonly poseRight: number
  readonly nod: number
  readonly smile: number
}

/** What the landmark network reads from the puppet's own pictures: the proof that it acts. Degrees and ratios. */
export interface Measured {
  readonly restYaw: number
  readonly restPitch: number
  readonly openEar: number
  readonly shutEar: number
  /** From rest. */
  readonly turnLeft: number
  readonly turnRight: number
  readonly poseLeft: number
  readonly poseRight: number
  readonly nod: number
  /** Mouth width over pupil distance, share gained. */
  readonly mouthWider: number
  /** The smile measure, gained. */
  readonly smile: number
}

/** All pictures of one puppet. Each differs from rest along one axis only. */
export interface Atlas {
  readonly frames: readonly AtlasFrame[]
  readonly reach: Reach
  readonly measured: Measured
}
