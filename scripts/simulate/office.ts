import { makeKiosk } from '../../server/test/test-kiosk.ts'
import { PASSWORD, type TestDevice, type TestServer } from '../../server/test/test-server.ts'
import { tokensReply } from '../../shared/contract/auth.ts'

/** The admin of a simulated school. */
export const ADMIN = 'kepala'

export const classOf = (kiosk: number): string => `X-${kiosk}`

async function signIn(server: TestServer, now: number): Promise<string> {
  server.clock.now = now
  const body = { nim: ADMIN, password: PASSWORD }
  return (await server.ask(tokensReply, '/api/v1/auth/login', { body })).access_token
}

/** The admin shuts a kiosk out. */
export async function shutOut(server: TestServer, deviceId: string, now: number): Promise<void> {
  const token = await signIn(server, now)
  const reply = await server.call(`/api/v1/kiosk/devices/${deviceId}`, { method: 'DELETE', token })
  if (!reply.ok) throw new Error(await reply.text())
}

/** The admin lets a new key in as the kiosk of a class. */
export async function letIn(server: TestServer, kiosk: number, now: number): Promise<TestDevice> {
  return makeKiosk(server, await signIn(server, now), [classOf(kiosk)])
}
