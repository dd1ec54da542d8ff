/**
 * MediaPipe's own order of the points each refined region of the attention mesh gives (x, y each), as indices of the
 * 468-point mesh: lips, left eye, right eye of its naming.
 */
const LIPS = [
  61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409, 78, 95, 88, 178, 87, 14,
  317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415, 76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306,
  184, 74, 73, 72, 11, 302, 303, 304, 408, 62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268,
  271, 272, 407,
]
const LEFT_EYE = [
  33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, 130, 25, 110, 24, 23, 22, 26, 112, 243,
  247, 30, 29, 27, 28, 56, 190, 226, 31, 228, 229, 230, 231, 232, 233, 244, 113, 225, 224, 223, 222, 221, 189, 35, 124,
  46, 53, 52, 65, 143, 111, 117, 118, 119, 120, 121, 128, 245, 156, 70, 63, 105, 66, 107, 55, 193,
]
const RIGHT_EYE = [
  263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398, 359, 255, 339, 254, 253, 252, 256,
  341, 463, 467, 260, 259, 257, 258, 286, 414, 446, 261, 448, 449, 450, 451, 452, 453, 464, 342, 445, 444, 443, 442,
  441, 413, 265, 353, 276, 283, 282, 295, 372, 340, 346, 347, 348, 349, 350, 357, 465, 383, 300, 293, 334, 296, 336,
  285, 417,
]

/** The middle of the lower lids: an iris point, given without depth, takes theirs. */
const LEFT_LID = 145
const RIGHT_LID = 374

const MESH_POINTS = 468
const IRIS_POINTS = 5
/** 468 x 3, then the regions' pairs, then two irises of five pairs. */
export const GIVEN = 3 * MESH_POINTS + 2 * (LIPS.length + LEFT_EYE.length + RIGHT_EYE.length) + 4 * IRIS_POINTS
export const WANTED = 3 * (MESH_POINTS + 2 * IRIS_POINTS)

/**
 * Which of the 1,868 joined outputs each of the 1,434 wanted numbers (478 x (x, y, z)) is taken from: refined x and y
 * replace the mesh's, z stays the mesh's.
 */
export function pickedOutputs(): number[] {
  const picked = Array.from({ length: 3 * MESH_POINTS }, (_, i) => i)
  let next = 3 * MESH_POINTS
  for (const region of [LIPS, LEFT_EYE, RIGHT_EYE]) {
    for (const point of region) {
      picked[3 * point] = next
      picked[3 * point + 1] = next + 1
      next += 2
    }
  }
  for (const lid of [LEFT_LID, RIGHT_LID]) {
    for (let i = 0; i < IRIS_POINTS; i += 1) {
      picked.push(next, next + 1, 3 * lid + 2)
      next += 2
    }
  }
  return picked
}
