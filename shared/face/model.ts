import { DLIB_MEAN } from './dlib-mean.ts'

/**
 * A network whose embeddings the product understands. Vectors of different entries are never compared. The score of two
 * faces is the cosine of their templates after `mean` was subtracted from each (see match.ts); every limit is a value of
 * that score, measured on the table in models/README.md.
 */
export interface FaceModel {
  readonly id: string
  /** Numbers in an embedding. */
  readonly length: number
  /** Subtracted from the mean direction of a set before it is compared. */
  readonly mean: readonly number[]
  /** The same person, 1:1. Reads as confidence 0.80. */
  readonly accept: number
  /** How fast the log odds of "same person" grow with the score (logistic fit). */
  readonly slope: number
  /** Any two embeddings of one capture (one face, one session): below this, somebody else was in the picture. */
  readonly together: number
  /** Two enrolments (three shots each) this alike may be one person twice: a person looks at it. */
  readonly sameFace: number
  /** Who is it, of many: what the nearest must reach in a gallery of up to `size`, and lead the second by. */
  readonly search: {
    readonly limits: readonly { readonly size: number; readonly score: number }[]
    readonly margin: number
  }
}

/**
 * Measured with `scripts/calibrate.ts` on 411 photographs of 48 persons, the mean taken without the two compared, and on
 * 108 frames of four clips of four people. The tables are in models/README.md, "How the score was chosen".
 * accept 0.68: colour impostors end at 0.505 (78,336 scores of 17 persons), but two people of the clips reach 0.635, three
 * shots against the mean of two to five frames, and small grey photographs pass 0.68 with 0.2 to 0.6 %. Genuine: 91 % of
 * colour photograph pairs, 98 % of three shots against one, all of three against three; no set of clip frames is below 0.87.
 * What is left of look-alikes meets the second rule: nobody nearer in the class.
 * slope 10: logistic fits of 9.7 to 11.5 over the six sets.
 * together 0.6: single frames of one clip were never below 0.70 near the front (0.74 over -25..25 degrees).
 * sameFace 0.8: 99 % of genuine colour sets of three against three; grey impostors of that kind 3 in 100,000.
 * search: `scripts/calibrate-search.ts`, leave one person out, 3 shots against 1 or 3 photographs. At most 1 % of outsiders'
 * searches pass 0.759 in galleries of up to 44 (45 persons, 4,500 searches), hence 0.76 up to 45, with
 * the margin on top (then 0.4 % of outsiders at most). Larger galleries are extrapolated: 0.76 and what a fitted tail grows by from 44 to 60 (0.017),
 * 100 (0.043) and 200 (0.075). Beyond 200 the data say nothing: the NIM is asked for. 45 persons are few: none of them
 * accepted would still leave up to 7 % open (95 %, rule of three).
 */
const DLIB_RESNET: FaceModel = {
  id: 'dlib-resnet-v1',
  length: 128,
  mean: DLIB_MEAN,
  accept: 0.68,
  slope: 10,
  together: 0.6,
  sameFace: 0.8,
  search: {
    limits: [
      { size: 45, score: 0.76 },
      { size: 60, score: 0.78 },
      { size: 100, score: 0.81 },
      { size: 200, score: 0.84 },
    ],
    margin: 0.1,
  },
}

/** Every known network; the first is the one new encodings are made with. */
export const FACE_MODELS = [DLIB_RESNET] as const satisfies readonly FaceModel[]

/** The entry of that id, or undefined: an unknown model's vectors cannot be judged. */
export function findFaceModel(id: string): FaceModel | undefined {
  return FACE_MODELS.find((model) => model.id === id)
}
