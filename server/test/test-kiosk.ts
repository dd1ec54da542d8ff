import { createHash, randomUUID } from 'node:crypto'
import { CompactSign } from 'jose'
import type { z } from 'zod'
import { type Ticket, ticketReply } from '../../shared/contract/capture.ts'
import { deviceNonceReply } from '../../shared/contract/devices.ts'
import { kioskReply, makePairingReply, pairReply, scanAttendanceReply } from '../../shared/contract/kiosk.ts'
import {
  eventsReply,
  heartbeatReply,
  type heartbeatRequest,
  type KioskEvent,
  leaseReply,
} from '../../shared/contract/kiosk-offline.ts'
import { fingerprintOf } from '../../shared/kiosk/fingerprint.ts'
import { type Act, actOut, makeCapture, type Person, sealCapture } from './test-capture.ts'
import { type Call, makeDevice, proveDevice, type TestDevice, type TestServer } from './test-server.ts'

/** Pairs a new kiosk, whole way. */
export async function makeKiosk(server: TestServer, admin: string, kelas: string[] | null = ['X-1']) {
  const kiosk = await makeDevice()
  const body = { label: 'Gerbang', room: 'Lobi', kelas }
  const made = await server.ask(makePairingReply, '/api/v1/kiosk/pairings', { body, token: admin })
  const { pairing_id } = await server.ask(pairReply, '/api/v1/kiosk/pair', {
    body: await pairBody(server, kiosk, made.code),
  })
  await server.ask(kioskReply, `/api/v1/kiosk/pairings/${pairing_id}/confirm`, {
    body: { fingerprint: fingerprintOf(kiosk.id) },
    token: admin,
  })
  return kiosk
}

export async function pairBody(server: TestServer, kiosk: TestDevice, code: string) {
  const { nonce } = await server.ask(deviceNonceReply, '/api/v1/kiosk/nonce', { method: 'POST' })
  return { code, jwk: kiosk.jwk, proof: await proveDevice(kiosk, nonce) }
}

export interface ProofOptions {
  readonly signWith?: TestDevice
  readonly header?: Record<string, unknown>
  readonly claims?: Record<string, unknown>
}

/** The proof a kiosk sends with a request: over method, address, time, and the body's bytes. */
export async function proveCall(
  server: TestServer,
  kiosk: TestDevice,
  { method, path, body }: { method: string; path: string; body: string | Uint8Array },
  { signWith = kiosk, header = {}, claims = {} }: ProofOptions = {},
): Promise<string> {
  const payload = {
    jti: randomUUID(),
    htm: method,
    htu: `http://localhost${path}`,
    iat: Math.floor(server.clock.now / 1000),
    body_sha256: createHash('sha256').update(body).digest('base64url'),
    ...claims,
  }
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', kid: kiosk.id, ...header })
    .sign(signWith.privateKey)
}

/** A call as a kiosk signs it. */
export async function signCall(
  server: TestServer,
  kiosk: TestDevice,
  path: string,
  { body, method = body === undefined ? 'GET' : 'POST', ...call }: Call = {},
  { signWith = kiosk, header = {}, claims = {} }: ProofOptions = {},
): Promise<Call> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const proof = await proveCall(server, kiosk, { method, path, body: text }, { signWith, header, claims })
  return { ...call, method, ...(body === undefined ? {} : { body: text }), headers: { ...call.headers, DPoP: proof } }
}

/** Asks as a kiosk, and parses the reply. */
export async function askKiosk<Schema extends z.ZodType>(
  server: TestServer,
  kiosk: TestDevice,
  schema: Schema,
  path: string,
  body?: unknown,
): Promise<z.output<Schema>> {
  const [at = ''] = path.split('?')
  return server.ask(schema, path, await signCall(server, kiosk, at, body === undefined ? {} : { body }))
}

/** What a kiosk is told after it has told how it is. */
export async function beat(
  server: TestServer,
  kiosk: TestDevice,
  told: Partial<z.input<typeof heartbeatRequest>> = {},
) {
  const body = { queue: 0, oldest: null, stock: 0, version: '1', ...told }
  return askKiosk(server, kiosk, heartbeatReply, '/api/v1/kiosk/heartbeat', body)
}

/** Leases tickets for use without network. */
export async function lease(
  server: TestServer,
  kiosk: TestDevice,
  count = 10,
  more: { held?: number; id?: string } = {},
) {
  const body = { held: 0, count, ...more }
  return (await askKiosk(server, kiosk, leaseReply, '/api/v1/kiosk/leases', body)).tickets
}

export interface EventOptions extends Partial<KioskEvent> {
  /** The ticket to use instead of the next leased one. */
  readonly with?: Ticket
  readonly act?: (ticket: Ticket) => Act
  /** What the camera calls itself, and whose face comes in at the end. */
  readonly camera?: string
  readonly second?: Person
}

/** A kiosk that is about to lose its network: with leased tickets, a time token, and a counter. */
export async function openOutbox(server: TestServer, kiosk: TestDevice, tickets = 10) {
  const { time_token } = await beat(server, kiosk)
  const tokenAt = server.clock.now
  const stock = await lease(server, kiosk, tickets)
  let counter = 0
  /** A capture made now, as it lies in the outbox; the clock runs as long as the act takes. */
  const makeEvent = async (
    person: Person,
    { with: given, act = actOut, camera, second, ...fields }: EventOptions = {},
  ) => {
    const ticket = given ?? stock.shift()
    if (ticket === undefined) throw new Error('no ticket left')
    const done = act(ticket)
    server.clock.now += (done.frames.at(-1)?.t ?? 0) + 300
    counter += 1
    const capture = makeCapture(ticket, done, person)
    if (camera !== undefined) capture.camera.label = camera
    if (second !== undefined)
      capture.embeddings.splice(-1, 1, ...makeCapture(ticket, done, second).embeddings.slice(-1))
    return {
      id: randomUUID(),
      counter,
      ticket: ticket.ticket,
      capture: await sealCapture(capture, ticket, kiosk),
      nim: null,
      time_token,
      elapsed_ms: server.clock.now - tokenAt,
      wall_time: new Date(server.clock.now).toISOString(),
      ...fields,
    }
  }
  return { stock, makeEvent }
}

export const EVENTS = '/api/v1/kiosk/events'

/** The receipts of a batch. */
export async function sendEvents(server: TestServer, kiosk: TestDevice, events: readonly unknown[]) {
  return (await askKiosk(server, kiosk, eventsReply, EVENTS, { events })).receipts
}

export async function drawKioskTicket(server: TestServer, kiosk: TestDevice, nim?: string): Promise<Ticket> {
  const path = '/api/v1/kiosk/tickets'
  const body = nim === undefined ? {} : { nim }
  return server.ask(ticketReply, path, await signCall(server, kiosk, path, { body }))
}

/** What a kiosk sends of somebody who stands before it. */
export async function kioskBody(
  server: TestServer,
  kiosk: TestDevice,
  person: Person,
  { nim, ticketNim, act = actOut }: { nim?: string; ticketNim?: string; act?: (ticket: Ticket) => Act } = {},
) {
  const ticket = await drawKioskTicket(server, kiosk, ticketNim)
  const done = act(ticket)
  server.clock.now += (done.frames.at(-1)?.t ?? 0) + 300
  const capture = await sealCapture(makeCapture(ticket, done, person), ticket, kiosk)
  return { ticket: ticket.ticket, capture, ...(nim === undefined ? {} : { nim }) }
}

export const SCAN = '/api/v1/public/scan-attendance'

export async function scanAt(
  server: TestServer,
  kiosk: TestDevice,
  ...given: [Person, Parameters<typeof kioskBody>[3]?]
) {
  const body = await kioskBody(server, kiosk, ...given)
  return server.ask(scanAttendanceReply, SCAN, await signCall(server, kiosk, SCAN, { body }))
}

/** Has a kiosk shut out just before the next write to tickets, as while a slow request of its own is under way. */
export function revokeAtNextWrite({ deps: { db } }: TestServer, kiosk: TestDevice): void {
  const { write } = db
  db.write = async (statements) => {
    if (!statements.some((one) => /\btickets\b/.test(typeof one === 'string' ? one : one.sql))) return write(statements)
    db.write = write
    await write([{ sql: "UPDATE devices SET status = 'revoked' WHERE id = ?", args: [kiosk.id] }])
    return write(statements)
  }
}
