/**
 * Which of FaceLandmarker's 478 points a trace keeps. Indices are MediaPipe's face mesh; "left" and "right" in the
 * names are the subject's own. Points 468 and 473 are the iris centres (right, left) of the refined mesh.
 */

/** Six points an eye, in the order p1..p6 of Soukupova & Cech 2016 (corner, two upper, corner, two lower). */
export const RIGHT_EYE = [33, 160, 158, 133, 153, 144] as const
export const LEFT_EYE = [362, 385, 387, 263, 373, 380] as const

/** Mouth corners (right, left), inner lips (upper, lower), outer lips (upper, lower). */
export const MOUTH = [61, 291, 13, 14, 0, 17] as const

/** Forehead, wings of the nose (right, left): a face's height, which neither a nod of the head nor a smile changes much. */
export const HEIGHT = [10, 98, 327] as const

/** Iris centres: right, left. */
export const PUPILS = [468, 473] as const

/**
 * Points that move with the skull more than with the face's expression, for the pose: eye corners, bridge and tip of
 * the nose, its wings, forehead, sides of the face; with their place in MediaPipe's canonical face (centimetres,
 * x to the image's right, y up, z toward the camera; `canonical_mesh` of geometry_pipeline_metadata_landmarks).
 */
export const RIGID: ReadonlyArray<readonly [index: number, x: number, y: number, z: number]> = [
  [33, -4.446, 2.664, 3.173],
  [133, -1.856, 2.585, 3.758],
  [362, 1.856, 2.585, 3.758],
  [263, 4.446, 2.664, 3.173],
  [1, 0, -1.127, 7.476],
  [4, 0, -0.463, 7.587],
  [5, 0, 0.366, 7.243],
  [6, 0, 2.473, 5.789],
  [168, 0, 3.271, 5.236],
  [197, 0, 1.728, 6.317],
  [195, 0, 1.059, 6.775],
  [98, -1.406, -1.714, 5.241],
  [327, 1.406, -1.714, 5.241],
  [10, 0, 8.262, 4.482],
  [9, 0, 4.886, 5.385],
  [234, -7.664, 0.673, -2.436],
  [454, 7.664, 0.673, -2.436],
]

const unique = (list: readonly number[]): readonly number[] => [...new Set(list)]

/** Kept in every frame with a face: 33 points. */
export const FRAME_POINTS = unique([...RIGHT_EYE, ...LEFT_EYE, ...MOUTH, ...PUPILS, ...RIGID.map(([index]) => index)])

/**
 * The 37 points of the parallax test (measured in MODELS.md): spread over the face and in depth. Kept five times a
 * second; those that FRAME_POINTS has already are not kept twice.
 */
export const PARALLAX: readonly number[] = [
  33, 133, 362, 263, 1, 4, 2, 5, 6, 168, 197, 61, 291, 0, 17, 13, 14, 50, 280, 205, 425, 101, 330, 70, 300, 105, 334,
  152, 199, 10, 151, 9, 8, 117, 346, 36, 266, 187, 411,
]

/** The points of PARALLAX that are kept beside FRAME_POINTS. */
export const EXTRA_POINTS = PARALLAX.filter((index) => !FRAME_POINTS.includes(index))
