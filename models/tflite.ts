import { bytesOf, FlatbufferView, float32s, int8, int32, type Node, old, table, tables, text } from './flatbuffer.ts'
import { writeFlatbuffer } from './flatbuffer-write.ts'

/** The vectors of a TensorFlow Lite model (schema.fbs, version 3) that an extension adds to. */
export interface ModelParts {
  readonly view: FlatbufferView
  readonly operatorCodes: readonly Node[]
  readonly subgraph: number
  readonly buffers: readonly Node[]
}

/** What an extension changes: the operator codes, the one subgraph, the buffers. */
export interface Extension {
  readonly operatorCodes: readonly Node[]
  readonly subgraph: Node
  readonly buffers: readonly Node[]
}

const MODEL = { operatorCodes: 1, subgraphs: 2, buffers: 4, metadata: 6, signatures: 7 } as const

/**
 * TFLite metadata (metadata_schema.fbs) that says how a float image input is normalised: value = (pixel - mean) / std.
 * Without it the task graph refuses: "requires specifying NormalizationOptions metadata".
 */
function normalization(mean: number, std: number): Uint8Array {
  const options = table(float32s([mean]), float32s([std]))
  const unit = table(int8(1), options) // ProcessUnitOptions: NormalizationOptions
  const image = table(int8(1)) // ImageProperties: RGB
  const content = table(int8(2), image) // ContentProperties: ImageProperties
  const tensor = table(text('image'), null, null, content, tables([unit]))
  const subgraph = table(null, null, tables([tensor]))
  return writeFlatbuffer(table(null, null, null, tables([subgraph])), 'M001', new Uint8Array())
}

/**
 * The model with normalisation metadata for its input, and, where asked, an extended graph. The original stays whole
 * behind it ([Note: Prepending tables to a flatbuffer]).
 */
export function prepareModel(
  model: Uint8Array,
  input: { mean: number; std: number },
  extend?: (parts: ModelParts) => Extension,
): Uint8Array {
  const view = new FlatbufferView(model)
  const root = view.root()
  const list = (field: number) => view.tables(view.reference(root, field)).map(old)
  const subgraphs = view.reference(root, MODEL.subgraphs)
  const parts: ModelParts = {
    view,
    operatorCodes: list(MODEL.operatorCodes),
    subgraph: view.tables(subgraphs)[0] ?? 0,
    buffers: list(MODEL.buffers),
  }
  const extended = extend?.(parts)
  const buffers = [...(extended?.buffers ?? parts.buffers), table(bytesOf(normalization(input.mean, input.std)))]
  const metadata = table(text('TFLITE_METADATA'), int32(buffers.length - 1))
  const signatures = view.reference(root, MODEL.signatures)
  return writeFlatbuffer(
    table(
      int32(3),
      extended ? tables(extended.operatorCodes) : old(view.reference(root, MODEL.operatorCodes)),
      extended ? tables([extended.subgraph]) : old(subgraphs),
      null,
      tables(buffers),
      null,
      tables([...list(MODEL.metadata), metadata]),
      signatures === 0 ? null : old(signatures),
    ),
    'TFL3',
    model,
  )
}
