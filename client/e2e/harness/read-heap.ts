import type { CDPSession } from 'playwright-core'

/** What a page's heap is made of, bytes. */
export interface Heap {
  /** What the program holds: its objects, arrays, strings and functions. */
  readonly objects: number
  /** What the browser holds for them: nodes, styles, events. */
  readonly native: number
  /** What V8 compiled of the program: it goes on as functions grow warm. */
  readonly code: number
}

interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[]] }
  }
  readonly nodes: readonly number[]
}

/** Counts a page's heap by a snapshot of it (V8's format, as its developer tools save it). */
export async function readHeap(cdp: CDPSession): Promise<Heap> {
  const parts: string[] = []
  const keep = ({ chunk }: { chunk: string }) => void parts.push(chunk)
  cdp.on('HeapProfiler.addHeapSnapshotChunk', keep)
  await cdp.send('HeapProfiler.takeHeapSnapshot')
  cdp.off('HeapProfiler.addHeapSnapshotChunk', keep)
  // Forgets the numbers it gave to objects.
  await cdp.send('HeapProfiler.disable')
  const { snapshot, nodes } = JSON.parse(parts.join('')) as Snapshot
  const { node_fields: fields, node_types: types } = snapshot.meta
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')]
  const heap = { objects: 0, native: 0, code: 0 }
  for (let at = 0; at < nodes.length; at += fields.length) {
    const name = types[0][nodes[at + type] ?? 0]
    heap[name === 'code' || name === 'native' ? name : 'objects'] += nodes[at + size] ?? 0
  }
  return heap
}
