import type { Field, Node } from './flatbuffer.ts'

type Table = Extract<Node, { kind: 'table' }>
type Laid = Exclude<Node, { kind: 'old' }>

/** Where a node's bytes go: `at` is what references point to; a table also has its vtable and its fields' offsets. */
interface Place {
  readonly at: number
  readonly vtable: number
  readonly slots: readonly number[]
  readonly end: number
}

const isReference = (field: Field): field is Node => field !== null && field.kind !== 'int32' && field.kind !== 'int8'

const align = (position: number, to: number) => Math.ceil(position / to) * to

function children(node: Laid): readonly Node[] {
  if (node.kind === 'table') return node.fields.filter(isReference)
  return node.kind === 'tables' ? node.items : []
}

/** Parents before children, so that every reference points forward. Each node once, however often it is referred to. */
function inOrder(root: Laid): Laid[] {
  const found = new Set<Laid>([root])
  for (const node of found) for (const child of children(node)) if (child.kind !== 'old') found.add(child)
  return [...found]
}

function placeTable(node: Table, start: number): Place {
  const at = align(start + 4 + 2 * node.fields.length, 4)
  let end = at + 4
  const slots = node.fields.map((field) => {
    if (field === null) return 0
    const size = field.kind === 'int8' ? 1 : 4
    const offset = align(end, size)
    end = offset + size
    return offset - at
  })
  return { at, vtable: start, slots, end }
}

function place(node: Laid, position: number): Place {
  const start = align(position, 4)
  const vector = (at: number, size: number): Place => ({ at, vtable: 0, slots: [], end: at + 4 + size })
  switch (node.kind) {
    case 'table':
      return placeTable(node, start)
    case 'tables':
      return vector(start, 4 * node.items.length)
    case 'int32s':
    case 'float32s':
      return vector(start, 4 * node.values.length)
    case 'bytes':
      // Weights are read in place: TensorFlow Lite wants a buffer's first byte on a 16-byte boundary.
      return vector(align(start + 4, 16) - 4, node.bytes.length)
    case 'text':
      return vector(start, new TextEncoder().encode(node.text).length + 1)
  }
}

/**
 * Writes `root` and all new nodes under it, then the original's bytes behind them.
 * @param identifier the four-letter file identifier
 * @param original what `old` nodes point into; may be empty
 */
export function writeFlatbuffer(root: Node, identifier: string, original: Uint8Array): Uint8Array {
  if (root.kind === 'old') throw new TypeError('the root must be a new table')
  const places = new Map<Laid, Place>()
  let end = 8
  for (const node of inOrder(root)) {
    const found = place(node, end)
    places.set(node, found)
    end = found.end
  }
  const base = align(end, 16)
  const out = new Uint8Array(base + original.length)
  out.set(original, base)
  const view = new DataView(out.buffer)
  const target = (node: Node) => (node.kind === 'old' ? base + node.position : (places.get(node)?.at ?? 0))
  const refer = (at: number, node: Node) => view.setUint32(at, target(node) - at, true)
  refer(0, root)
  out.set(new TextEncoder().encode(identifier), 4)
  for (const [node, where] of places) writeNode(node, where, view, refer)
  return out
}

function writeNode(
  node: Laid,
  { at, vtable, slots, end }: Place,
  view: DataView,
  refer: (at: number, n: Node) => void,
) {
  const bytes = new Uint8Array(view.buffer)
  switch (node.kind) {
    case 'table':
      view.setUint16(vtable, 4 + 2 * slots.length, true)
      view.setUint16(vtable + 2, end - at, true)
      slots.forEach((slot, i) => void view.setUint16(vtable + 4 + 2 * i, slot, true))
      view.setInt32(at, at - vtable, true)
      node.fields.forEach((field, i) => {
        const position = at + (slots[i] ?? 0)
        if (field === null) return
        if (isReference(field)) refer(position, field)
        else if (field.kind === 'int8') view.setInt8(position, field.value)
        else view.setInt32(position, field.value, true)
      })
      return
    case 'tables':
      view.setUint32(at, node.items.length, true)
      node.items.forEach((item, i) => void refer(at + 4 + 4 * i, item))
      return
    case 'int32s':
      view.setUint32(at, node.values.length, true)
      node.values.forEach((value, i) => void view.setInt32(at + 4 + 4 * i, value, true))
      return
    case 'float32s':
      view.setUint32(at, node.values.length, true)
      node.values.forEach((value, i) => void view.setFloat32(at + 4 + 4 * i, value, true))
      return
    case 'bytes':
      view.setUint32(at, node.bytes.length, true)
      bytes.set(node.bytes, at + 4)
      return
    case 'text': {
      const encoded = new TextEncoder().encode(node.text)
      view.setUint32(at, encoded.length, true)
      bytes.set(encoded, at + 4)
    }
  }
}
