import { makeCanvas, readableContext } from './canvas.ts'
import type { Copy, FrameSize } from './frame-size.ts'
import { type Box, isIn, scaleBox } from './pixels.ts'

/** So much wider than the face that is followed, somebody else stands nearer: between equals it does not go to and fro. */
const NEARER = 1.15
/** Pictures of the nearer one alone, at most: the network first lets go of whom it followed, and then finds her. */
const TRIES = 6
/** Not found, she is not tried again for so long, ms. */
const AGAIN_MS = 10_000
/** Where she was so long ago says nothing any more, ms. */
const OLD_MS = 1_000
/** What is shown around the detector's box, as a share of its width: hair and chin are outside of it. */
const AROUND = 0.6

/**
 * Leads a network that follows one face to one that is nearer: for some pictures it is shown that one alone, on black. All
 * boxes in the pixels of the picture it is shown, of the size given with them.
 */
export interface NearerFace {
  /** The widest other face, and the one that is followed, by the same detector. @param at ms, grows */
  saw(other: Box, followed: Box, size: FrameSize, at: number): void
  /** What the network is to be shown: the picture itself, or the nearer face of it. */
  show(picture: Copy, at: number): Copy
  /**
   * The middle of the face it found (null: none) in what was shown. False: not hers, and nobody's.
   * @param size of what it was shown
   */
  isHers(middle: { readonly x: number; readonly y: number } | null, size: FrameSize, at: number): boolean
  /** Whoever is followed is stayed with. */
  stay(): void
}

export function createNearerFace(): NearerFace {
  /** Where she is, and whom to cover, in shares of the picture. */
  let wanted: { readonly her: Box; readonly other: Box; readonly at: number; tries: number } | null = null
  let restUntil = Number.NEGATIVE_INFINITY
  const context = readableContext(makeCanvas(1, 1))
  return {
    saw(other, followed, { width, height }, at) {
      if (wanted !== null || at < restUntil || other.width < followed.width * NEARER) return
      const [across, down] = [1 / width, 1 / height]
      wanted = { her: scaleBox(other, across, down), other: scaleBox(followed, across, down), at, tries: 0 }
    },
    show(picture, at) {
      if (wanted !== null && at - wanted.at > OLD_MS) wanted = null
      if (wanted === null) return picture
      const { canvas } = context
      const { width, height } = picture
      Object.assign(canvas, { width, height })
      context.fillRect(0, 0, width, height)
      const [her, other] = [scaleBox(wanted.her, width, height), scaleBox(wanted.other, width, height)]
      const around = her.width * AROUND
      const draw = ({ x, y, width: w, height: h }: Box) => context.drawImage(picture, x, y, w, h, x, y, w, h)
      draw({ x: her.x - around, y: her.y - around, width: her.width + 2 * around, height: her.height + 2 * around })
      context.fillRect(other.x, other.y, other.width, other.height)
      draw(her)
      return canvas
    },
    isHers(middle, { width, height }, at) {
      if (wanted === null) return true
      const found = middle !== null && isIn(scaleBox(wanted.her, width, height), middle)
      wanted.tries += 1
      if (!found && wanted.tries < TRIES) return false
      if (!found) restUntil = at + AGAIN_MS
      wanted = null
      return found
    },
    stay() {
      wanted = null
    },
  }
}
