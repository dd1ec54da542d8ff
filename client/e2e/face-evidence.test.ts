import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { calculateJwkThumbprint, compactDecrypt, compactVerify, exportJWK, generateKeyPair, importJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Capture, captureSchema, MAX_CAPTURE_BYTES, publicJwkSchema } from '../../shared/contract/capture.ts'
import { bytesToVector } from '../../shared/face/bytes.ts'
import { drawFace } from '../../shared/liveness/testing/drawn-face.ts'
import { encodeTrace, type TraceFrame, traceFrame } from '../../shared/liveness/trace.ts'
import { type Lab, openLab } from './face-lab/open-lab.ts'

const root = fileURLToPath(new URL('./face-lab/evidence/', import.meta.url))

let lab: Lab
beforeAll(async () => {
  lab = await openLab({ root, ready: 'evidenceLab' })
})
afterAll(() => lab.close())

/** Numbers in 0..1 without a pattern deflate could find, the same on every run (Numerical Recipes' generator). */
function startNoise(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** A minute of a head that sways and turns, every landmark trembling by half a pixel, at the recorder's pace. */
function minuteOfFrames(): TraceFrame[] {
  const frames: TraceFrame[] = []
  const noise = startNoise()
  let extras = Number.NEGATIVE_INFINITY
  for (let t = 0; t < 60_000; t += frames.length < 450 ? 33.3 : frames.length < 650 ? 66.7 : 133.3) {
    const landmarks = drawFace({ yaw: 25 * Math.sin(t / 900), pitch: 8 * Math.sin(t / 1300) }, frames.length)
    const noisy = landmarks.map((value) => value + 1.2 * (noise() + noise() - 1))
    const pixels = { light: 120 + 5 * noise(), sharpness: 300 * noise(), skin: [170, 130, 110] as const }
    const frame = traceFrame({ t, faces: 1, landmarks: noisy, width: 640, pixels }, extras)
    if (frame.extras) extras = frame.t
    frames.push(frame)
  }
  return frames
}

function captureOf(trace: Uint8Array): Capture {
  return {
    v: 1,
    ticket: 'ticket-1',
    purpose: 'check-in',
    model: 'dlib-resnet-v1',
    trace: deflateRawSync(trace).toString('base64url'),
    embeddings: Array.from({ length: 9 }, (_, frame) => ({
      frame,
      vector: randomBytes(512).toString('base64url'),
      shot: false,
      quality: 91.5,
    })),
    camera: { label: 'Kamera', width: 640, height: 480 },
    engine: { landmarks: 'cpu', embedding: 'wasm' },
  }
}

describe('the device key', () => {
  it('is one key for good, its id the thumbprint of its public half, its private half not to be had', async () => {
    const first = await lab.page.evaluate(() => window.evidenceLab!.open())
    expect(first.id).toBe(await calculateJwkThumbprint(publicJwkSchema.parse(first.jwk)))
    expect(first.extractable).toBe(false)
    expect(await lab.page.evaluate(() => window.evidenceLab!.exportKey())).toBe('InvalidAccessError')
    await lab.page.reload()
    await lab.page.waitForFunction(() => 'evidenceLab' in window)
    expect(await lab.page.evaluate(() => window.evidenceLab!.open())).toEqual(first)
    const twice = await lab.page.evaluate(() => window.evidenceLab!.openTwice())
    expect(twice).toEqual([first.id, first.id])
  })

  it('proves that it is there, over the nonce given', async () => {
    const { jwk } = await lab.page.evaluate(() => window.evidenceLab!.open())
    const proof = await lab.page.evaluate(() => window.evidenceLab!.prove('n-1'))
    const key = await importJWK({ ...jwk, alg: 'ES256' }, 'ES256')
    const { payload, protectedHeader } = await compactVerify(proof, key, { algorithms: ['ES256'] })
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'device-proof+jwt' })
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ nonce: 'n-1' })
  })
})

describe('a sealed capture', () => {
  it('opens with the server’s key alone, is signed by the device, and a minute of it fits', async () => {
    const capture = captureOf(encodeTrace(minuteOfFrames()))
    const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true })
    const { kty, crv, x, y } = await exportJWK(pair.publicKey)
    const sealing = { kid: 'k-1', jwk: publicJwkSchema.parse({ kty, crv, x, y }) }
    const sealed = await lab.page.evaluate(([given, key]) => window.evidenceLab!.seal(given!, key!), [
      capture,
      sealing,
    ] as const)
    expect(sealed.length).toBeLessThan(MAX_CAPTURE_BYTES)

    const outer = await compactDecrypt(sealed, pair.privateKey, { maxDecompressedLength: 200_000 })
    expect(outer.protectedHeader).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'k-1', zip: 'DEF' })
    const device = await lab.page.evaluate(() => window.evidenceLab!.open())
    const key = await importJWK({ ...device.jwk, alg: 'ES256' }, 'ES256')
    const inner = await compactVerify(new TextDecoder().decode(outer.plaintext), key, { algorithms: ['ES256'] })
    expect(inner.protectedHeader).toEqual({ alg: 'ES256', kid: device.id, typ: 'capture+jws', zip: 'DEF' })
    expect(captureSchema.parse(JSON.parse(inflateRawSync(inner.payload).toString()))).toEqual(capture)
  })

  it('writes vectors and traces as the contract says', async () => {
    const vector = Array.from({ length: 128 }, (_, i) => Math.fround(Math.sin(i)))
    const text = await lab.page.evaluate((given) => window.evidenceLab!.encode(given), vector)
    expect(text).toHaveLength(683)
    expect([...bytesToVector(Buffer.from(text, 'base64url'))!]).toEqual(vector)
    const bytes = Array.from({ length: 5000 }, (_, i) => i % 7)
    const trace = await lab.page.evaluate((given) => window.evidenceLab!.deflate(given), bytes)
    expect([...inflateRawSync(Buffer.from(trace, 'base64url'))]).toEqual(bytes)
  })
})
