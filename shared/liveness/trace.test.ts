import { describe, expect, it } from 'vitest'
import { drawSession } from './testing/drawn-face.ts'
import { decodeTrace, encodeTrace, MAX_FRAMES } from './trace.ts'
import { ByteReader, ByteWriter } from './trace-bytes.ts'

const frames = drawSession({ challenges: ['turn-left'], slow: false })

describe('the trace encoding', () => {
  it('takes about a hundred bytes a frame', () => {
    const bytes = encodeTrace(frames)
    expect(bytes.length / frames.length).toBeLessThan(120)
  })

  it('refuses bytes that are cut off, left over, of another version or out of range', () => {
    const bytes = encodeTrace(frames)
    for (const cut of [0, 1, 5, bytes.length >> 1, bytes.length - 1])
      expect(() => decodeTrace(bytes.subarray(0, cut))).toThrow(RangeError)
    expect(() => decodeTrace(new Uint8Array([...bytes, 0]))).toThrow(RangeError)
    expect(() => decodeTrace(new Uint8Array([9, ...bytes.subarray(1)]))).toThrow(RangeError)
    const many = new ByteWriter()
    many.unsigned(1)
    many.unsigned(MAX_FRAMES + 1)
    expect(() => decodeTrace(many.bytes())).toThrow(RangeError)
    const far = new ByteWriter()
    for (const n of [1, 1, 0, 5]) far.unsigned(n)
    for (let i = 0; i < 9; i += 1) far.signed(0)
    far.signed(1_000_000)
    expect(() => decodeTrace(far.bytes())).toThrow(RangeError)
  })

  it('keeps every whole number', () => {
    const out = new ByteWriter()
    const numbers = [0, 1, -1, 63, -64, 64, 127, 128, -8192, 300_000, -300_000]
    for (const n of numbers) out.signed(n)
    const input = new ByteReader(out.bytes())
    expect(numbers.map(() => input.signed())).toEqual(numbers)
    expect(input.atEnd()).toBe(true)
    expect(() => new ByteReader(new Uint8Array([255, 255, 255, 255, 255, 255])).unsigned()).toThrow(RangeError)
  })
})
