import { type FaceCrop, lumaAround, lumaOf, meanColour } from './face-crop.ts'

/**
 * What hints at a face being covered: plain numbers, all relative to the face's own light.
 *
 * [Note: What a cover looks like]
 * The mesh is drawn over a mask or sunglasses as if the face went on beneath. So the places of mouth and eyes are
 * looked at: cloth has no lips and glass no lids (little detail), and often another colour or light than the skin above.
 *
 * Measured with flat shapes painted over 13 faces of photographs: with mouth and chin under a shape 72 of 80 were told,
 * with eyes under one 17 of 34, with the half below the eyes under one (a mask) 14 of 19 where the network still found
 * the face at all, in 33 of 52 it did not. A covered forehead (a headscarf is no fault) and one covered side of the face
 * are not told. No false alarm on 21 uncovered photographs and 215 frames of four clips. Cloth with folds or a print has
 * more detail than a flat shape: expect less.
 */
export interface CoverSigns {
  /** Spread of luma around the mouth over the cheeks' luma: 0.06 to 0.55 with lips to be seen. */
  readonly mouthDetail: number
  /** Spread of luma around the eyes over the cheeks' luma: 0.08 to 0.4 with eyes to be seen. */
  readonly eyeDetail: number
  /** Luma around the eyes over the cheeks' luma: 0.34 to 1. */
  readonly eyeLight: number
  /** Distance of the lower face's chromaticity (r, g) from the upper's: at most 0.09. */
  readonly lowerColour: number
  /** Absolute logarithm of the lower face's luma over the upper's: at most 0.48 (beards). */
  readonly lowerLight: number
}

/** Points of the mesh: skin above (cheeks under the eyes, forehead), skin below (chin, jaw, above and below the lips). */
const UPPER = [117, 346, 50, 280, 9, 151, 118, 347] as const
const LOWER = [200, 199, 18, 164, 212, 432, 202, 422] as const
const MOUTH = [61, 291, 13, 14, 17, 0, 37, 267, 84, 314] as const
const EYES = [159, 145, 33, 133, 160, 158, 468, 386, 374, 362, 263, 385, 387, 473] as const

/** Keeps ratios sane in the dark. */
const FLOOR = 5

const chromaticity = ([red, green, blue]: readonly [number, number, number]) => {
  const sum = red + green + blue + 1
  return [red / sum, green / sum] as const
}

/** The signs of a cover in the crop of a face. */
export function coverSigns(crop: FaceCrop): CoverSigns {
  const upper = meanColour(crop, UPPER, 2)
  const lower = meanColour(crop, LOWER, 2)
  const above = lumaOf(...upper) + FLOOR
  const mouth = lumaAround(crop, MOUTH, 1)
  const eyes = lumaAround(crop, EYES, 2)
  const [upperRed, upperGreen] = chromaticity(upper)
  const [lowerRed, lowerGreen] = chromaticity(lower)
  return {
    mouthDetail: mouth.spread / (mouth.mean + FLOOR),
    eyeDetail: eyes.spread / above,
    eyeLight: eyes.mean / above,
    lowerColour: Math.hypot(upperRed - lowerRed, upperGreen - lowerGreen),
    lowerLight: Math.abs(Math.log((lumaOf(...lower) + FLOOR) / above)),
  }
}

/** Whether something seems to lie over mouth or eyes, as far as it can be told ([Note: What a cover looks like]). */
export function isCovered(signs: CoverSigns): boolean {
  return (
    signs.mouthDetail < 0.045 ||
    signs.eyeDetail < 0.06 ||
    signs.eyeLight < 0.28 ||
    signs.lowerColour > 0.12 ||
    signs.lowerLight > 0.75
  )
}
