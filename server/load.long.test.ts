import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { submitReply } from '../shared/contract/absensi.ts'
import { tokensReply } from '../shared/contract/auth.ts'
import { type Purpose, ticketReply } from '../shared/contract/capture.ts'
import { CONSENT_VERSION } from '../shared/contract/consents.ts'
import { deviceNonceReply } from '../shared/contract/devices.ts'
import { checkChain } from './audit/verify.ts'
import { openDb } from './db/open.ts'
import { openKeyRing } from './http/keys.ts'
import { actAndShoot, actOut, makeCapture, makePerson, sealCapture } from './test/test-capture.ts'
import { makeDevice, makeFolder, PASSWORD, proveDevice } from './test/test-server.ts'

const CLIENTS = 100
const RUN_MS = 30_000
const folder = makeFolder()
let child: ChildProcess | undefined

const started = z.object({ port: z.number(), codes: z.array(z.string()) })

/** Starts the server over the same folders. */
function start(students: number): Promise<z.infer<typeof started>> {
  const script = fileURLToPath(new URL('./test/load-server.ts', import.meta.url))
  const args = ['--import', 'tsx', script, folder, String(students)]
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  child = running
  let out = ''
  let err = ''
  running.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  return new Promise((resolve, reject) => {
    running.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      if (out.includes('\n')) resolve(started.parse(JSON.parse(out.slice(0, out.indexOf('\n')))))
    })
    running.once('exit', (code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the server ended (${code}): ${err}`))
    })
  })
}

const kill = (): Promise<void> =>
  new Promise((resolve) => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })

interface Client {
  readonly nim: string
  ask(path: string, body?: unknown, method?: string): Promise<{ status: number; json: unknown }>
  capture(purpose: Purpose): Promise<{ ticket: string; capture: string }>
}

/** Every status the server answered with. */
const statuses = new Map<number, number>()

/** A student's phone: signed in, registered, consenting. */
async function open(origin: string, nim: string, code: string): Promise<Client> {
  let token = ''
  const ask: Client['ask'] = async (path, body, method = body === undefined ? 'GET' : 'POST') => {
    const reply = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const json: unknown = await reply.json()
    statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1)
    return { status: reply.status, json }
  }
  token = tokensReply.parse((await ask('/auth/activate', { nim, code, password: PASSWORD })).json).access_token
  const device = await makeDevice()
  const person = makePerson()
  const { nonce } = deviceNonceReply.parse((await ask('/devices/nonce', undefined, 'POST')).json)
  await ask('/devices', { jwk: device.jwk, proof: await proveDevice(device, nonce), label: 'Telepon' })
  await ask('/consents', { version: CONSENT_VERSION })
  return {
    nim,
    ask,
    async capture(purpose) {
      const ticket = ticketReply.parse((await ask('/face/tickets', { purpose, device_id: device.id })).json)
      const act = purpose === 'enrol' ? actAndShoot(ticket) : actOut(ticket)
      // Frame times must lie between the server's issue and receipt.
      await new Promise((resolve) => setTimeout(resolve, (act.frames.at(-1)?.t ?? 0) + 300))
      return {
        ticket: ticket.ticket,
        capture: await sealCapture(makeCapture(ticket, act, person), ticket, device),
      }
    },
  }
}

let clients: Client[] = []

beforeAll(async () => {
  const { port, codes } = await start(CLIENTS)
  const origin = `http://127.0.0.1:${port}`
  for (let from = 0; from < CLIENTS; from += 20)
    clients.push(
      ...(await Promise.all(codes.slice(from, from + 20).map((code, i) => open(origin, `beban-${from + i}`, code)))),
    )
  const enrolled = await Promise.all(
    clients.map(async ({ ask, capture }) => ask('/face/register', await capture('enrol'))),
  )
  expect(enrolled.map(({ status }) => status)).toEqual(clients.map(() => 201))
}, 240_000)

afterAll(async () => {
  await kill()
  rmSync(folder, { recursive: true, force: true })
})

it('a hundred phones at once for half a minute, then kill -9: nothing acknowledged is lost, nothing is twice', async () => {
  statuses.clear()
  const acknowledged = new Map<string, string>()
  const end = Date.now() + RUN_MS
  const reads = ['/auth/me', '/absensi/today', '/face/status', '/devices', '/consents', '/health'] as const
  const browse = async ({ ask }: Client) => {
    for (let i = 0; Date.now() < end; i += 1) await ask(reads[i % reads.length] ?? '/health')
  }
  /** Checks in, sends the very same bytes twice at once, then checks in again. */
  const checkIn = async ({ ask, capture, nim }: Client) => {
    while (Date.now() < end) {
      const body = await capture('check-in')
      const replies = await Promise.all([ask('/absensi/submit', body), ask('/absensi/submit', body)])
      for (const { status, json } of replies) {
        if (status !== 200) continue
        const { absensi } = submitReply.parse(json)
        expect(acknowledged.get(nim) ?? absensi.id).toBe(absensi.id)
        acknowledged.set(nim, absensi.id)
      }
    }
  }
  await Promise.all(clients.flatMap((client) => [browse(client), checkIn(client)]))
  // In the middle of work: every client asks once more, and the server dies under it.
  const cut = Promise.allSettled(clients.map(({ ask }) => ask('/consents', { version: CONSENT_VERSION })))
  await kill()
  await cut
  process.stdout.write(`answers: ${[...statuses].map(([status, n]) => `${status} x ${n}`).join(', ')}\n`)

  expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([])
  expect(acknowledged.size).toBe(CLIENTS)
  await start(0)
  await kill()
  const db = await openDb(`file:${join(folder, 'data', 'absensi.db')}`)
  try {
    expect(await db.read('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    const rows = await db.read('SELECT a.id, u.nim FROM absensi a JOIN users u ON u.id = a.user_id')
    const written = new Map(rows.map(({ id, nim }) => [String(nim), String(id)]))
    expect(rows).toHaveLength(CLIENTS)
    expect(written).toEqual(acknowledged)
    expect((await checkChain(db, openKeyRing(join(folder, 'keys')))).brokenAt).toBeNull()
  } finally {
    await db.close()
  }
  clients = []
}, 240_000)
