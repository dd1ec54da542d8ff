import { CompactEncrypt, CompactSign, generateKeyPair } from 'jose'
import { expect, it } from 'vitest'
import { countUnsealed, countVectors, findPictures } from './secrets.ts'

const jpeg = Buffer.from('ffd8ffe000104a46494600010101', 'hex')
const vector = Array.from({ length: 128 }, (_, i) => Math.fround(Math.sin(i + 1) / 11.3137))
const floats = Buffer.from(Float32Array.from(vector).buffer)

it.each([0, 1, 2, 3])('finds a picture in the bytes, plain and as base64, after %i others', (before) => {
  const bytes = Buffer.concat([Buffer.alloc(before, 7), jpeg])
  for (const text of [bytes, `{"a":"${bytes.toString('base64')}"}`, `{"a":"${bytes.toString('base64url')}"}`])
    expect(findPictures(Buffer.from(text))).toContain('JPEG')
})

it.each([0, 1, 2, 3])('finds a vector in the bytes, plain, as base64 and in words, after %i others', (before) => {
  const bytes = Buffer.concat([Buffer.alloc(before, 7), floats])
  for (const text of [bytes, bytes.toString('base64'), bytes.toString('base64url'), JSON.stringify(vector)])
    expect(countVectors(Buffer.from(text), [vector])).toBe(1)
})

it('finds nothing where there is nothing', () => {
  const text = Buffer.from(JSON.stringify({ nim: 'S-1', capture: 'eyJhbGciOiJFQ0RILUVTIn0..abc' }))
  expect(findPictures(text)).toEqual([])
  expect(countVectors(text, [vector])).toBe(0)
  // The same numbers here and there, as constants of some program, are no vector.
  const apart = vector.map((value) => `${value}${' '.repeat(100)}`).join(';')
  expect(countVectors(Buffer.from(apart), [vector])).toBe(0)
})

it('finds a capture that is signed only, and not one that is sealed', async () => {
  const [signing, sealing] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ECDH-ES')])
  const signed = await new CompactSign(new Uint8Array(5000))
    .setProtectedHeader({ alg: 'ES256', kid: 'a'.repeat(43), typ: 'capture+jws', zip: 'DEF' })
    .sign(signing.privateKey)
  const sealed = await new CompactEncrypt(new TextEncoder().encode(signed))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
    .encrypt(sealing.publicKey)
  expect(countUnsealed(Buffer.from(`x${sealed}`))).toBe(0)
  expect(countUnsealed(Buffer.from(`${sealed} ${signed}"${signed}`))).toBe(2)
})
