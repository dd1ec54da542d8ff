import { bytesOf, int8, int32, int32s, type Node, old, table, tables, text } from './flatbuffer.ts'
import { GIVEN, pickedOutputs, WANTED } from './mesh-regions.ts'
import type { Extension, ModelParts } from './tflite.ts'

const CONCATENATION = 2
const DEQUANTIZE = 6
const FULLY_CONNECTED = 9
const GATHER = 36
const FLOAT32 = 0
const FLOAT16 = 1
const INT32 = 2
const HALF_ONE = 0x3c00

const operatorCode = (code: number, version: number): Node => table(int8(code), null, int32(version), int32(code))

const tensor = (shape: number[], type: number, buffer: number, name: string): Node =>
  table(int32s(shape), int8(type), int32(buffer), text(name))

/** What picks the wanted numbers out of the joined ones: its operator, its constants, its place in the graph. */
interface Picker {
  readonly code: Node
  readonly constant: Uint8Array
  readonly tensors: (buffer: number) => readonly Node[]
  /** The operations, given the joined tensor, the picker's first tensor, its code and that of DEQUANTIZE, the result. */
  readonly operations: (at: {
    joined: number
    first: number
    code: number
    dequantize: number
    result: number
  }) => readonly Node[]
}

/** A list of 1,434 indices: 6 kB and no arithmetic. The WebGL delegate refuses it. */
const gather: Picker = {
  code: operatorCode(GATHER, 1),
  constant: new Uint8Array(Int32Array.from(pickedOutputs()).buffer),
  tensors: (buffer) => [tensor([WANTED], INT32, buffer, 'picked')],
  // GatherOptions (union type 23): axis 3.
  operations: ({ joined, first, code, result }) => [
    table(int32(code), int32s([joined, first]), int32s([result]), int8(23), table(int32(3))),
  ],
}

/** One-hot rows, half precision: row r has its 1 in the column of the output it picks. */
function pickMatrix(): Uint8Array {
  const matrix = new Uint16Array(WANTED * GIVEN)
  pickedOutputs().forEach((column, row) => {
    matrix[row * GIVEN + column] = HALF_ONE
  })
  return new Uint8Array(matrix.buffer)
}

/** The same as a multiplication by a one-hot matrix: 5.3 MB of zeros (nothing, once compressed), and WebGL takes it. */
const multiply: Picker = {
  code: operatorCode(FULLY_CONNECTED, 9),
  constant: pickMatrix(),
  tensors: (buffer) => [
    tensor([WANTED, GIVEN], FLOAT16, buffer, 'pick_half'),
    tensor([WANTED, GIVEN], FLOAT32, 0, 'pick'),
  ],
  operations: ({ joined, first, code, dequantize, result }) => [
    table(int32(dequantize), int32s([first]), int32s([first + 1])),
    // FullyConnectedOptions (union type 8): no activation, default weights, dimensions kept; -1 = no bias.
    table(int32(code), int32s([joined, first + 1, -1]), int32s([result]), int8(8), table(int8(0), int8(0), int8(1))),
  ],
}

const PICKERS = { cpu: gather, webgl: multiply } as const

/**
 * Joins the attention mesh's six landmark outputs to the one of 478 points that FaceLandmarker expects, followed by
 * the presence logit.
 * @param runsOn where the network is to run: picking costs the processor 1 ms less a frame by the list than by the
 * matrix, and WebGL takes the matrix only
 */
export function joinRegions(runsOn: 'cpu' | 'webgl'): (parts: ModelParts) => Extension {
  const picker = PICKERS[runsOn]
  return ({ view, operatorCodes, subgraph, buffers }) => {
    const dequantize = operatorCodes.findIndex(
      (code) => code.kind === 'old' && view.int8(view.field(code.position, 0)) === DEQUANTIZE,
    )
    if (dequantize < 0) throw new Error('the attention mesh has no DEQUANTIZE operator')
    const tensors = view.tables(view.reference(subgraph, 0)).map(old)
    const operators = view.tables(view.reference(subgraph, 3)).map(old)
    const outputs = view.int32s(view.reference(subgraph, 2))
    const presence = outputs[6]
    if (presence === undefined) throw new Error('the attention mesh has not the seven outputs expected')
    const concatenation = operatorCodes.length
    const joined = tensors.length
    const constants = picker.tensors(buffers.length)
    const result = joined + 1 + constants.length
    const at = { joined, first: joined + 1, code: concatenation + 1, dequantize, result }
    return {
      operatorCodes: [...operatorCodes, operatorCode(CONCATENATION, 2), picker.code],
      buffers: [...buffers, table(bytesOf(picker.constant))],
      subgraph: table(
        tables([
          ...tensors,
          tensor([1, 1, 1, GIVEN], FLOAT32, 0, 'all_regions'),
          ...constants,
          tensor([1, 1, 1, WANTED], FLOAT32, 0, 'landmarks_478'),
        ]),
        old(view.reference(subgraph, 1)),
        int32s([result, presence]),
        tables([
          ...operators,
          // ConcatenationOptions (union type 10): axis 3, no activation.
          table(
            int32(concatenation),
            int32s(outputs.slice(0, 6)),
            int32s([joined]),
            int8(10),
            table(int32(3), int8(0)),
          ),
          ...picker.operations(at),
        ]),
      ),
    }
  }
}
