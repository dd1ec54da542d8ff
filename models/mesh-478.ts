import { bytesOf, int8, int32, int32s, type Node, old, table, tables, text } from './flatbuffer.ts'
import type { Extension, ModelParts } from './tflite.ts'

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
const GIVEN = 3 * MESH_POINTS + 2 * (LIPS.length + LEFT_EYE.length + RIGHT_EYE.length) + 4 * IRIS_POINTS
const WANTED = 3 * (MESH_POINTS + 2 * IRIS_POINTS)

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

const CONCATENATION = 2
const DEQUANTIZE = 6
const FULLY_CONNECTED = 9
const FLOAT32 = 0
const FLOAT16 = 1
const HALF_ONE = 0x3c00

const operatorCode = (code: number, version: number): Node => table(int8(code), null, int32(version), int32(code))

const tensor = (shape: number[], type: number, buffer: number, name: string): Node =>
  table(int32s(shape), int8(type), int32(buffer), text(name))

/** One-hot rows, half precision: row r has its 1 in the column of the output it picks. */
function pickMatrix(): Uint8Array {
  const matrix = new Uint16Array(WANTED * GIVEN)
  pickedOutputs().forEach((column, row) => {
    matrix[row * GIVEN + column] = HALF_ONE
  })
  return new Uint8Array(matrix.buffer)
}

/**
 * Joins the attention mesh's six landmark outputs to the one of 478 points that FaceLandmarker expects, followed by
 * the presence logit. A GATHER would be 6 kB instead of a matrix of 5.3 MB of zeros (nothing, once compressed), but the
 * GPU delegate refuses it; CONCATENATION and FULLY_CONNECTED run on both.
 */
export function joinRegions({ view, operatorCodes, subgraph, buffers }: ModelParts): Extension {
  const dequantize = operatorCodes.findIndex(
    (code) => code.kind === 'old' && view.int8(view.field(code.position, 0)) === DEQUANTIZE,
  )
  if (dequantize < 0) throw new Error('the attention mesh has no DEQUANTIZE operator')
  const concatenation = operatorCodes.length
  const tensors = view.tables(view.reference(subgraph, 0)).map(old)
  const operators = view.tables(view.reference(subgraph, 3)).map(old)
  const outputs = view.int32s(view.reference(subgraph, 2))
  const presence = outputs[6]
  if (presence === undefined) throw new Error('the attention mesh has not the seven outputs expected')
  const all = tensors.length
  const [half, pick, landmarks] = [all + 1, all + 2, all + 3]
  return {
    operatorCodes: [...operatorCodes, operatorCode(CONCATENATION, 2), operatorCode(FULLY_CONNECTED, 9)],
    buffers: [...buffers, table(bytesOf(pickMatrix()))],
    subgraph: table(
      tables([
        ...tensors,
        tensor([1, 1, 1, GIVEN], FLOAT32, 0, 'all_regions'),
        tensor([WANTED, GIVEN], FLOAT16, buffers.length, 'pick_half'),
        tensor([WANTED, GIVEN], FLOAT32, 0, 'pick'),
        tensor([1, 1, 1, WANTED], FLOAT32, 0, 'landmarks_478'),
      ]),
      old(view.reference(subgraph, 1)),
      int32s([landmarks, presence]),
      tables([
        ...operators,
        // ConcatenationOptions (union type 10): axis 3, no activation.
        table(int32(concatenation), int32s(outputs.slice(0, 6)), int32s([all]), int8(10), table(int32(3), int8(0))),
        table(int32(dequantize), int32s([half]), int32s([pick])),
        // FullyConnectedOptions (union type 8): no activation, default weights, dimensions kept; -1 = no bias.
        table(
          int32(concatenation + 1),
          int32s([all, pick, -1]),
          int32s([landmarks]),
          int8(8),
          table(int8(0), int8(0), int8(1)),
        ),
      ]),
    ),
  }
}
