import { setTimeout as wait } from 'node:timers/promises'
import { actAndShoot, actOut, makeCapture, makePerson, sealCapture } from '../../../server/test/test-capture.ts'
import { makeDevice, proveDevice } from '../../../server/test/test-server.ts'
import { type Ticket, ticketReply } from '../../../shared/contract/capture.ts'
import { CONSENT_VERSION } from '../../../shared/contract/consents.ts'
import type { Console } from './use-console.ts'

/**
 * Enrols a drawn face and checks in with it at a running server, as a student's phone does: sealed captures whose acts take the
 * time they say. About ten seconds. Throws what the server refuses.
 * @param token the student's
 * @param other somebody else stands before the camera at the check-in
 */
export async function checkInForReal(post: Console['post'], token: string, other = false): Promise<void> {
  const device = await makeDevice()
  const person = makePerson()
  const { nonce } = await post<{ nonce: string }>('devices/nonce', {}, token)
  await post('devices', { jwk: device.jwk, proof: await proveDevice(device, nonce), label: 'Telepon' }, token)
  await post('consents', { version: CONSENT_VERSION }, token)
  const send = async (purpose: Ticket['purpose'], path: string) => {
    const ticket = ticketReply.parse(await post('face/tickets', { purpose, device_id: device.id }, token))
    const act = purpose === 'enrol' ? actAndShoot(ticket) : actOut(ticket)
    await wait(act.frames.at(-1)?.t ?? 0)
    const seen = other && purpose === 'check-in' ? makePerson() : person
    const capture = await sealCapture(makeCapture(ticket, act, seen), ticket, device)
    await post(path, { ticket: ticket.ticket, capture }, token)
  }
  await send('enrol', 'face/register')
  await send('check-in', 'absensi/submit')
}
