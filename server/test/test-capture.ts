import { deflateRawSync } from 'node:zlib'
import { CompactEncrypt, CompactSign, importJWK } from 'jose'
import type { Capture, Ticket } from '../../shared/contract/capture.ts'
import { vectorToBytes } from '../../shared/face/bytes.ts'
import { FACE_MODELS } from '../../shared/face/model.ts'
import { unit } from '../../shared/face/vector.ts'
import { drawFace, drawSession, type Look } from '../../shared/liveness/testing/drawn-face.ts'
import { findActs } from '../../shared/liveness/testing/find-acts.ts'
import { encodeTrace, type TraceFrame, traceFrame } from '../../shared/liveness/trace.ts'
import type { TestDevice } from './test-server.ts'

const model = FACE_MODELS[0]

/** A made-up person: a direction of her own around the network's mean, as real embeddings have. */
export type Person = readonly number[]

let people = 0
let pictures = 0
let acts = 0

/** The k-th Walsh function: 1 and -1, at right angles to every other (k from 1 to 127). */
const walsh = (k: number, i: number) => {
  let sign = 1
  for (let bits = k & i; bits > 0; bits &= bits - 1) sign = -sign
  return sign
}

/** Somebody wholly unlike everybody made before (the same people on every run). */
export function makePerson(): Person {
  people = (people % 127) + 1
  const k = people
  return model.mean.map((value, i) => value + 0.035 * walsh(k, i))
}

/** What the network gives for one picture of a person: her direction, a little aside. A unit vector. */
export function embed(person: Person): Float32Array {
  pictures += 1
  return unit(person.map((value, i) => value + 0.015 * Math.sin(pictures * 7919 + i * i * 0.37)))
}

/** A face between two people. */
export const between = (a: Person, b: Person, share: number): Person =>
  a.map((value, i) => (1 - share) * value + share * (b[i] ?? 0))

export interface Act {
  readonly frames: readonly TraceFrame[]
  readonly embeddings: readonly Omit<Capture['embeddings'][number], 'vector'>[]
}

/** A drawn face that does what the ticket asks, embedded before, between and after, and as it acts. No two acts are the same. */
export function actOut(ticket: Ticket): Act {
  acts += 1
  const plan = { challenges: ticket.challenges, slow: ticket.slow, quick: ticket.purpose === 'identify' }
  const frames = drawSession(plan, undefined, acts * 4001)
  const moments = [15, ...findActs(frames, plan), Math.floor(frames.length / 2), frames.length - 1]
  return { frames, embeddings: moments.map((frame) => ({ frame, shot: false, quality: 0 })) }
}

/** A drawn face that holds still. */
export function holdStill(ticket: Ticket): Act {
  const frames = drawSession({ challenges: ticket.challenges, slow: ticket.slow }, () => ({}))
  return { frames, embeddings: [15, 40].map((frame) => ({ frame, shot: false, quality: 0 })) }
}

/** The poses of an enrolment, in degrees of the drawn head: front, left, right as the server reads them. */
export const GUIDED: readonly Look[] = [{ yaw: 0 }, { yaw: 20 }, { yaw: -20 }]

/** The same, then one shot in each pose. */
export function actAndShoot(ticket: Ticket, poses: readonly Look[] = GUIDED, quality = 92): Act {
  const { frames, embeddings } = actOut(ticket)
  const shots = poses.map((look, i) =>
    traceFrame(
      {
        t: (frames.at(-1)?.t ?? 0) + 900 * (i + 1),
        faces: 1,
        landmarks: drawFace(look, 9000 + i),
        width: 640,
        pixels: { light: 120, sharpness: 300, skin: [170, 130, 110] },
      },
      -Infinity,
    ),
  )
  return {
    frames: [...frames, ...shots],
    embeddings: [...embeddings, ...shots.map((_, i) => ({ frame: frames.length + i, shot: true, quality }))],
  }
}

/** The capture a browser would make of an act, `person` being embedded. */
export function makeCapture(ticket: Ticket, act: Act, person: Person): Capture {
  return {
    v: 1,
    ticket: ticket.id,
    purpose: ticket.purpose,
    model: model.id,
    trace: deflateRawSync(encodeTrace(act.frames)).toString('base64url'),
    embeddings: act.embeddings.map((one) => ({
      ...one,
      vector: Buffer.from(vectorToBytes(embed(person))).toString('base64url'),
    })),
    camera: { label: 'Integrated Camera', width: 640, height: 480 },
    engine: { landmarks: 'cpu', embedding: 'wasm' },
  }
}

export interface SealOptions {
  readonly signWith?: TestDevice
  readonly signedHeader?: Record<string, unknown>
  readonly sealedHeader?: Record<string, unknown>
  readonly sealing?: Ticket['sealing']
}

/** Signs a capture by the device, seals it for the server's key: the compact text that is sent. */
export async function sealCapture(
  capture: unknown,
  ticket: Ticket,
  device: TestDevice,
  { signWith = device, signedHeader = {}, sealedHeader = {}, sealing = ticket.sealing }: SealOptions = {},
): Promise<string> {
  const signed = await new CompactSign(deflateRawSync(JSON.stringify(capture)))
    .setProtectedHeader({ alg: 'ES256', kid: device.id, zip: 'DEF', ...signedHeader })
    .sign(signWith.privateKey)
  return new CompactEncrypt(Buffer.from(signed))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', zip: 'DEF', kid: ticket.sealing.kid, ...sealedHeader })
    .encrypt(await importJWK({ ...sealing.jwk }, 'ECDH-ES'))
}
