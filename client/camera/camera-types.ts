import type { Picture } from './picture.ts'

/** Why there is no picture: each has a screen of its own. */
export type CameraTrouble = 'insecure' | 'none' | 'denied' | 'busy' | 'lost' | 'unsupported'

export class CameraProblem extends Error {
  constructor(
    readonly trouble: CameraTrouble,
    cause?: unknown,
  ) {
    super(trouble, { cause })
  }
}

/** An open camera. One `getUserMedia` a visit; `stop` is final and idempotent. */
export interface Camera {
  readonly stream: MediaStream
  /** The stream's muted, playing video element; the view shows this very element. */
  readonly video: HTMLVideoElement
  readonly label: string
  readonly deviceId: string
  /** Every frame that arrives, one at a time (a frame that comes while the last is being worked on is skipped). */
  eachFrame(work: (image: Picture, at: number) => Promise<void>): () => void
  onLost(tell: () => void): void
  stop(): void
}
