import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { makePerson } from '../../../server/test/test-capture.ts'
import { makeKiosk, openOutbox, sendEvents } from '../../../server/test/test-kiosk.ts'
import type { Call, TestServer } from '../../../server/test/test-server.ts'
import type { Console } from './use-console.ts'

/** Sends as the tests' kiosks sign: to the host `localhost`, wherever the server listens. @returns the reply's JSON */
function send(origin: string, path: string, { body, token, headers, method }: Call): Promise<unknown> {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  const given = { host: 'localhost', 'content-type': 'application/json', ...headers }
  const all = token === undefined ? given : { ...given, authorization: `Bearer ${token}` }
  const wanted = method ?? (body === undefined ? 'GET' : 'POST')
  return new Promise((resolve, reject) => {
    const call = request(`${origin}${path}`, { method: wanted, headers: all }, (reply) => {
      let said = ''
      reply.setEncoding('utf8')
      reply.on('data', (piece: string) => {
        said += piece
      })
      reply.on('end', () => ((reply.statusCode ?? 500) < 300 ? resolve(JSON.parse(said)) : reject(new Error(said))))
    })
    call.on('error', reject)
    call.end(text)
  })
}

/**
 * Pairs a kiosk with a running server, and sends two captures it made without network: of somebody unknown, one with a NIM.
 * About ten seconds.
 */
export async function leaveEvents({ server, token }: Console, nim: string): Promise<void> {
  const clock = { now: Date.now() }
  const ask: TestServer['ask'] = async (schema, path, call = {}) => schema.parse(await send(server.origin, path, call))
  const asTest = { ask, clock } as TestServer
  const kiosk = await makeKiosk(asTest, token, null)
  const { makeEvent } = await openOutbox(asTest, kiosk)
  const events = [await makeEvent(makePerson(), { nim }), await makeEvent(makePerson())]
  // The acts take the time they say: a capture from the future would not be read.
  await wait(clock.now - Date.now())
  await sendEvents(asTest, kiosk, events)
}
