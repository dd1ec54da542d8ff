import type { Picture } from '../camera/picture.ts'
import type { CoverSigns } from './cover-signs.ts'

/** What the landmark network and a few pixel statistics say of one camera frame. */
export interface Seen {
  /** Faces found, 0..2: the one that is followed, and whether the detector sees another. */
  readonly faces: number
  /**
   * 478 x (x, y, z) of the face that is followed, or null: x and y in pixels of the unmirrored frame, z in the same unit
   * (MediaPipe's convention, smaller = nearer the camera).
   */
  readonly landmarks: Float32Array | null
  readonly width: number
  readonly height: number
  readonly pixels: FacePixels | null
  /** How wide the largest other face is, over this one's width; 0 or absent: there is none. */
  readonly rival?: number
}

/** Statistics of the face's pixels, taken on a crop scaled to a fixed size. All are plain numbers, never a picture. */
export interface FacePixels {
  /** Mean luma of the face region (BT.601), 0..255. */
  readonly light: number
  /** Share of face pixels darker than 25 or brighter than 245, 0..1. */
  readonly clipped: number
  /** Left-right luma imbalance of the two half faces, 0..1. */
  readonly imbalance: number
  /** Variance of the Laplacian of the luma of the crop at the fixed size: blur is low. */
  readonly sharpness: number
  /** Mean colour of cheeks and forehead, each 0..255. */
  readonly skin: readonly [number, number, number]
  /** What hints at mouth or eyes being covered. */
  readonly cover: CoverSigns
}

/** The networks, in their workers. One owner, opened once a visit. */
export interface FaceEngine {
  /** The backend the measured choice fell on, e.g. "webgl" or "wasm". */
  readonly backend: { readonly landmarks: string; readonly embedding: string }
  /**
   * Landmarks of a frame (VIDEO mode: `at`, ms, must grow), in its own pixels, though the network sees a smaller copy.
   * The picture stays the caller's, so that the very same picture can be embedded; the caller closes it.
   * @param nearest whoever stands nearer than the face that is followed is followed from then on; for some frames in between
   *   nobody is told of. Else whoever is followed is stayed with: a walk is one person's
   */
  look(image: Picture, at: number, nearest?: boolean): Promise<Seen>
  /** The 128 numbers (unit vector) of one aligned face; mean of the chip and its mirror. Consumes and closes `image`. */
  embed(image: Picture, landmarks: Float32Array): Promise<Float32Array>
  close(): void
}

export interface EngineProgress {
  /** Bytes read so far and in all, of everything a first load needs (uncompressed). */
  readonly loaded: number
  readonly total: number
}

/** Why no engine could be opened. */
export class EngineProblem extends Error {
  constructor(
    readonly code: 'no_network' | 'unsupported' | 'failed',
    cause?: unknown,
  ) {
    super(code, { cause })
  }
}
