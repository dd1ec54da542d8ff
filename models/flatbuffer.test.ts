import { describe, expect, it } from 'vitest'
import { bytesOf, FlatbufferView, float32s, int8, int32, int32s, old, table, tables, text } from './flatbuffer.ts'
import { writeFlatbuffer } from './flatbuffer-write.ts'
import { cutPackedAsset } from './packed-assets.ts'

describe('flatbuffers', () => {
  it('reads back what it wrote, in front of an original it points into', () => {
    const original = writeFlatbuffer(table(int32(7), tables([table(int8(-3))])), 'ORIG', new Uint8Array())
    const before = new FlatbufferView(original)
    const inner = before.tables(before.reference(before.root(), 1))[0] ?? 0
    const weights = Uint8Array.from({ length: 21 }, (_, i) => i)
    const both = writeFlatbuffer(
      table(int32s([5, -6]), null, tables([old(inner), table(bytesOf(weights))]), float32s([0.5]), text('name')),
      'BOTH',
      original,
    )
    const view = new FlatbufferView(both)
    const root = view.root()
    expect(new TextDecoder().decode(both.subarray(4, 8))).toBe('BOTH')
    expect(view.int32s(view.reference(root, 0))).toEqual([5, -6])
    expect(view.field(root, 1)).toBe(0)
    expect(view.field(root, 99)).toBe(0)
    const [kept = 0, added = 0] = view.tables(view.reference(root, 2))
    expect(view.int8(view.field(kept, 0))).toBe(-3)
    const bytes = view.reference(added, 0)
    expect((bytes + 4) % 16).toBe(0)
    expect(both.subarray(bytes + 4, bytes + 4 + weights.length)).toEqual(weights)
    expect(both.subarray(both.length - original.length)).toEqual(original)
  })
})

describe('a packed file', () => {
  const loader =
    '{"files": [{"filename": "/a/one.bin", "start": 0, "end": 2}, {"filename": "/a/two.bin", "start": 2, "end": 5}]}'

  it('is cut by the offsets of its loader', () => {
    expect([...cutPackedAsset(loader, Uint8Array.of(1, 2, 3, 4, 5), 'two.bin')]).toEqual([3, 4, 5])
  })

  it('must hold what the loader lists', () => {
    expect(() => cutPackedAsset(loader, Uint8Array.of(1, 2, 3), 'two.bin')).toThrow(/ends before/)
    expect(() => cutPackedAsset(loader, new Uint8Array(9), 'three.bin')).toThrow(/not listed/)
  })
})
