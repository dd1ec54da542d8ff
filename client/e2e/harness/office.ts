import { confirmReply, tokensReply } from '../../../shared/contract/auth.ts'
import { kioskReply, makePairingReply, pairingsReply } from '../../../shared/contract/kiosk.ts'
import type { BuiltServer } from './built-server.ts'

/** The school office, by the API: makes codes for kiosks and lets them in. */
export interface Office {
  /** Any call under /api/v1, as the admin or as whose token is given ('': nobody). @throws for any status but 2xx */
  ask(method: string, path: string, body?: unknown, token?: string): Promise<unknown>
  /** The same for an act the admin's password is asked for. */
  askConfirmed(method: string, path: string, body: unknown): Promise<unknown>
  makeCode(): Promise<string>
  /** Lets the waiting kiosk with this fingerprint in. */
  confirm(fingerprint: string): Promise<void>
  /** Shuts every kiosk out. */
  revokeAll(): Promise<void>
}

/** The password of whoever the office signs in. */
export const PASSWORD = 'Kantor-sekolah-7'

/** Signs in as the school's first admin, with the one-time password the server left for her. */
export async function openOffice(server: BuiltServer): Promise<Office> {
  const ask = async (method: string, path: string, body?: unknown, token?: string, more = {}): Promise<unknown> => {
    const response = await fetch(`${server.origin}/api/v1/${path}`, {
      method,
      headers: {
        ...more,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const { nim, code } = await server.firstAdmin()
  const tokens = tokensReply.parse(await ask('POST', 'auth/activate', { nim, code, password: PASSWORD }))
  const token = tokens.access_token
  return {
    ask: (method, path, body, who = token) => ask(method, path, body, who),
    async askConfirmed(method, path, body) {
      const said = await ask('POST', 'auth/confirm', { password: PASSWORD }, token)
      const { confirmation } = confirmReply.parse(said)
      return ask(method, path, body, token, { 'x-confirmation': confirmation })
    },
    async makeCode() {
      const body = { label: 'Pintu X-1', room: 'Ruang 12', kelas: ['X-1'] }
      return makePairingReply.parse(await ask('POST', 'kiosk/pairings', body, token)).code
    },
    async confirm(fingerprint) {
      const { pairings } = pairingsReply.parse(await ask('GET', 'kiosk/pairings', undefined, token))
      const one = pairings.find((pairing) => pairing.fingerprint === fingerprint)
      if (!one) throw new Error('no kiosk waits with this fingerprint')
      kioskReply.parse(await ask('POST', `kiosk/pairings/${one.id}/confirm`, { fingerprint }, token))
    },
    async revokeAll() {
      const { kiosks } = (await ask('GET', 'kiosk/devices', undefined, token)) as { kiosks: { id: string }[] }
      for (const { id } of kiosks) await ask('DELETE', `kiosk/devices/${id}`, undefined, token)
    },
  }
}
