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
  /** One embedding against the mean of the others of one capture: below this, somebody else was in the picture. */
  readonly together: number
  /** Two enrolments (three shots each) this alike may be one person twice: a person looks at it. */
  readonly sameFace: number
}

/**
 * Measured with `scripts/calibrate.ts` on 411 photographs of 48 persons, the mean taken without the two compared.
 * accept 0.55: 0.04 above the highest of 78,336 colour impostor scores (0.505), which is also where one photograph
 * against one (0.499), three shots against one (0.498) and three against three (0.505) agree: other scores move with the
 * number of frames averaged. Genuine colour pairs above it: 95.1 %, 98.8 %, 100 %. Small grey photographs share
 * more: 1.1 to 2.0 % of impostors lie above it, hence the second rule, nobody nearer in the class.
 * slope 10: fits of 9.7 to 11.5 over the six sets. together 0.45: 0.5 % of single colour impostors lie above.
 * sameFace 0.75: 93 to 100 % of genuine three-against-three scores, under 0.1 % of impostors of the hardest set.
 */
const DLIB_RESNET: FaceModel = {
  id: 'dlib-resnet-v1',
  length: 128,
  mean: DLIB_MEAN,
  accept: 0.55,
  slope: 10,
  together: 0.45,
  sameFace: 0.75,
}

/** Every known network; the first is the one new encodings are made with. */
export const FACE_MODELS = [DLIB_RESNET] as const satisfies readonly FaceModel[]

/** The entry of that id, or undefined: an unknown model's vectors cannot be judged. */
export function findFaceModel(id: string): FaceModel | undefined {
  return FACE_MODELS.find((model) => model.id === id)
}
