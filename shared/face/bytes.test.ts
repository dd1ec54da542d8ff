import { expect, it } from 'vitest'
import { bytesToVector, vectorToBytes } from './bytes.ts'

it('writes little-endian float32 and reads it back, wherever the bytes lie', () => {
  const vector = Float32Array.of(1, -0.5, 0.125)
  const bytes = vectorToBytes(vector)
  expect([...bytes.slice(0, 4)]).toEqual([0, 0, 0x80, 0x3f])
  const shifted = new Uint8Array(13)
  shifted.set(bytes, 1)
  expect(bytesToVector(shifted.subarray(1))).toEqual(vector)
})

it('gives nothing for bytes that are no vector', () => {
  expect(bytesToVector(new Uint8Array(5))).toBeNull()
  expect(bytesToVector(vectorToBytes([1, Number.NaN]))).toBeNull()
  expect(bytesToVector(vectorToBytes([1, Number.POSITIVE_INFINITY]))).toBeNull()
})
