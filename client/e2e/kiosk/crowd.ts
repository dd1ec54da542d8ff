import { actAndShoot, makeCapture, makePerson, type Person, sealCapture } from '../../../server/test/test-capture.ts'
import { makeDevice, proveDevice } from '../../../server/test/test-server.ts'
import { tokensReply } from '../../../shared/contract/auth.ts'
import { ticketReply } from '../../../shared/contract/capture.ts'
import { CONSENT_VERSION } from '../../../shared/contract/consents.ts'
import { deviceNonceReply } from '../../../shared/contract/devices.ts'
import type { Office } from '../harness/office.ts'

/** A student with a made-up face, enrolled through the API. */
export interface Member {
  readonly nim: string
  readonly name: string
  readonly person: Person
}

/** The server grants no act that ends before it can have: the time between a ticket and its capture, ms. */
const AFTER_ACT_MS = 400
/** So many at once. */
const AT_ONCE = 12

/** Adds students to a class and enrols them as their phones would: account, phone, consent, sealed capture. */
export async function enrolCrowd(office: Office, count: number, kelas = 'X-1'): Promise<Member[]> {
  const members: Member[] = []
  while (members.length < count) {
    const first = members.length
    const group = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, n) => {
      const number = String(first + n + 1).padStart(3, '0')
      return { nim: `K-${number}`, name: `Siswa ${number}`, person: makePerson() }
    })
    await Promise.all(group.map((member) => enrolMember(office, member, kelas)))
    members.push(...group)
  }
  return members
}

async function enrolMember(office: Office, { nim, name, person }: Member, kelas: string): Promise<void> {
  const { code } = (await office.ask('POST', 'admin/students', { nim, name, kelas })) as { code: string }
  const as = (token: string) => (path: string, body: unknown) => office.ask('POST', path, body, token)
  const password = `Kata-sandi-${nim}`
  const { access_token } = tokensReply.parse(await as('')('auth/activate', { nim, code, password }))
  const post = as(access_token)
  const device = await makeDevice()
  const { nonce } = deviceNonceReply.parse(await post('devices/nonce', {}))
  await post('devices', { jwk: device.jwk, proof: await proveDevice(device, nonce), label: 'Telepon' })
  await post('consents', { version: CONSENT_VERSION })
  const ticket = ticketReply.parse(await post('face/tickets', { purpose: 'enrol', device_id: device.id }))
  const act = actAndShoot(ticket)
  await new Promise((resolve) => setTimeout(resolve, (act.frames.at(-1)?.t ?? 0) + AFTER_ACT_MS))
  const capture = await sealCapture(makeCapture(ticket, act, person), ticket, device)
  await post('face/register', { ticket: ticket.ticket, capture })
}
