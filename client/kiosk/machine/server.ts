import type { z } from 'zod'
import { type SealedCapture, type Ticket, ticketReply } from '../../../shared/contract/capture.ts'
import { deviceNonceReply } from '../../../shared/contract/devices.ts'
import { kioskMeReply, pairReply, scanAttendanceReply } from '../../../shared/contract/kiosk.ts'
import {
  heartbeatReply,
  type heartbeatRequest,
  leaseReply,
  type leaseRequest,
  rosterReply,
} from '../../../shared/contract/kiosk-offline.ts'
import { type DeviceKey, proveDevice } from '../../evidence/device-key.ts'
import type { SignedCalls } from './signed-calls.ts'

export type ScanReply = z.output<typeof scanAttendanceReply>

/** The server as a kiosk sees it. Every method throws `ApiProblem`. */
export interface KioskServer {
  /** Shows the code and the key; then somebody at the console compares fingerprints. */
  pair(code: string): Promise<z.output<typeof pairReply>>
  me(): Promise<z.output<typeof kioskMeReply>>
  heartbeat(told: z.input<typeof heartbeatRequest>): Promise<z.output<typeof heartbeatReply>>
  roster(offset: number): Promise<z.output<typeof rosterReply>>
  lease(request: z.input<typeof leaseRequest>): Promise<z.output<typeof leaseReply>>
  /** With a NIM: the ticket is for her. */
  ticket(nim: string | null): Promise<Ticket>
  scan(sealed: SealedCapture, nim: string | null): Promise<ScanReply>
}

export function createKioskServer({ send, learn }: SignedCalls, key: DeviceKey): KioskServer {
  const post = <T>(path: string, body: unknown, reply: z.ZodType<T>, open = false) =>
    send({ method: 'POST', path, body, reply, open })
  return {
    async pair(code) {
      const { nonce } = await post('kiosk/nonce', {}, deviceNonceReply, true)
      return post('kiosk/pair', { code, jwk: key.jwk, proof: await proveDevice(key, nonce) }, pairReply, true)
    },
    async me() {
      const reply = await send({ method: 'GET', path: 'kiosk/me', reply: kioskMeReply })
      learn(reply.epoch_ms)
      return reply
    },
    async heartbeat(told) {
      const reply = await post('kiosk/heartbeat', told, heartbeatReply)
      learn(reply.epoch_ms)
      return reply
    },
    roster: (offset) =>
      send({ method: 'GET', path: 'kiosk/roster', query: `offset=${offset}&limit=1000`, reply: rosterReply }),
    lease: (request) => post('kiosk/leases', request, leaseReply),
    ticket: (nim) => post('kiosk/tickets', nim === null ? {} : { nim }, ticketReply),
    scan: (sealed, nim) =>
      post('public/scan-attendance', { ...sealed, ...(nim === null ? {} : { nim }) }, scanAttendanceReply),
  }
}
