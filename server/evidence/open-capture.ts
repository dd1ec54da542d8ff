import { createHash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { compactDecrypt, compactVerify, importJWK } from 'jose'
import { type Capture, captureSchema, type PublicJwk } from '../../shared/contract/capture.ts'
import { bytesToVector } from '../../shared/face/bytes.ts'
import { type FaceModel, findFaceModel } from '../../shared/face/model.ts'
import { lengthOf } from '../../shared/face/vector.ts'
import { decodeTrace, QUANTUM, type TraceFrame } from '../../shared/liveness/trace.ts'
import type { SealingKeys } from './sealing-keys.ts'
import type { TicketClaims } from './ticket.ts'

/** One embedding of a capture, tied to the frame it was made of. */
export interface Embedding {
  readonly frame: TraceFrame
  readonly vector: Float32Array
  readonly shot: boolean
  /** 0..100. */
  readonly quality: number
  /** Which of the faces in the picture, from 0; 0 unless a capture may show several. */
  readonly face: number
  /** In pixels of the camera's picture. */
  readonly box: Box
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A capture that is what its ticket asked for, byte for byte signed by the ticket's device. Nothing in it is judged yet. */
export interface OpenedCapture {
  readonly model: FaceModel
  readonly frames: readonly TraceFrame[]
  readonly embeddings: readonly Embedding[]
  readonly cameraLabel: string
  /** The trace as it came, compressed. */
  readonly trace: Uint8Array
  /** Of the landmarks alone: the same however they are timed, written or compressed. */
  readonly traceHash: string
}

/** Bounds of what may come out of the inflations (JWE and JWS; trace), bytes. */
const MAX_SIGNED = 200_000
const MAX_TRACE = 1_500_000
/** Times may run ahead of the server's own by this much, ms: clocks drift and replies take their time. */
const TIME_SLACK_MS = 2_000
/** How far from 1 the length of a unit vector may be. */
const UNIT_SLACK = 1e-3

/**
 * Opens a sealed capture: decrypts (ECDH-ES, A256GCM), verifies the device's signature (ES256, with the key of our own
 * table), and checks form, ticket, times and vectors. Null for anything that fails, without a reason: a check that fails
 * says nothing extra.
 * @param receivedAt the server's time when the request came, ms
 */
export async function openCapture(
  sealed: string,
  ticket: TicketClaims,
  context: { sealingKeys: SealingKeys; deviceJwk: PublicJwk; receivedAt: number },
): Promise<OpenedCapture | null> {
  try {
    const signed = await unseal(sealed, ticket, context.sealingKeys)
    const capture = signed === null ? null : await verify(signed, ticket, context.deviceJwk)
    return capture === null ? null : readCapture(capture, context.receivedAt - ticket.issued_at)
  } catch {
    return null
  }
}

async function unseal(sealed: string, ticket: TicketClaims, sealingKeys: SealingKeys): Promise<string | null> {
  const key = await sealingKeys.find(ticket.kid)
  if (key === null) return null
  const { plaintext, protectedHeader } = await compactDecrypt(sealed, key, {
    keyManagementAlgorithms: ['ECDH-ES'],
    contentEncryptionAlgorithms: ['A256GCM'],
    maxDecompressedLength: MAX_SIGNED,
  })
  return protectedHeader.kid === ticket.kid ? new TextDecoder().decode(plaintext) : null
}

async function verify(signed: string, ticket: TicketClaims, deviceJwk: PublicJwk): Promise<Capture | null> {
  const key = await importJWK({ ...deviceJwk, alg: 'ES256' }, 'ES256')
  const { payload, protectedHeader } = await compactVerify(signed, key, { algorithms: ['ES256'] })
  if (protectedHeader.kid !== ticket.device || protectedHeader.zip !== 'DEF') return null
  const text = inflateRawSync(payload, { maxOutputLength: MAX_SIGNED }).toString()
  const capture = captureSchema.parse(JSON.parse(text))
  return capture.ticket === ticket.id && capture.purpose === ticket.purpose ? capture : null
}

function readCapture(capture: Capture, elapsed: number): OpenedCapture | null {
  const model = findFaceModel(capture.model)
  const trace = Buffer.from(capture.trace, 'base64url')
  const frames = decodeTrace(inflateRawSync(trace, { maxOutputLength: MAX_TRACE }))
  if (model === undefined || !timesFit(frames, elapsed)) return null
  const embeddings: Embedding[] = []
  const several = capture.purpose === 'scan'
  for (const { frame: index, vector: text, shot, quality, face = 0, box } of capture.embeddings) {
    const frame = frames[index]
    const vector = bytesToVector(Buffer.from(text, 'base64url'))
    if (frame === undefined || frame.points === null || (!several && (frame.faces !== 1 || face !== 0))) return null
    if (vector?.length !== model.length || Math.abs(lengthOf(vector) - 1) > UNIT_SLACK) return null
    const pixels = boxOf(frame, box, capture.camera.width)
    embeddings.push({ frame, vector, shot, quality, face, box: pixels })
  }
  return { model, frames, embeddings, cameraLabel: capture.camera.label, trace, traceHash: hashPoints(frames) }
}

function hashPoints(frames: readonly TraceFrame[]): string {
  const hash = createHash('sha256')
  for (const { points } of frames) if (points !== null) hash.update(points)
  return hash.digest('base64url')
}

function boxOf(frame: TraceFrame, given: Box | undefined, width: number): Box {
  const [left, top, wide, high] = frame.box.map((quanta) => quanta * QUANTUM) as [number, number, number, number]
  const box = given ?? { x: left, y: top, width: wide, height: high }
  const pixels = (value: number) => Math.round(value * width)
  return { x: pixels(box.x), y: pixels(box.y), width: pixels(box.width), height: pixels(box.height) }
}

/** Frames in order, from the ticket's issue to the capture's arrival. */
function timesFit(frames: readonly TraceFrame[], elapsed: number): boolean {
  let last = -1
  for (const { t } of frames) {
    if (!Number.isSafeInteger(t) || t <= last) return false
    last = t
  }
  return frames.length > 0 && last <= elapsed + TIME_SLACK_MS
}
