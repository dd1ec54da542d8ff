import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { z } from 'zod'
import { type TokensReply, tokensReply } from '../../shared/contract/auth.ts'
import { type PublicJwk, publicJwkSchema } from '../../shared/contract/capture.ts'
import { deviceNonceReply, deviceReply } from '../../shared/contract/devices.ts'
import { type Problem, problemSchema } from '../../shared/contract/problem.ts'
import { createPasswords } from '../auth/password.ts'
import { readConfig } from '../config.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/env.ts'
import { createLog } from '../http/log.ts'
import type { Runner } from '../jobs/runner.ts'
import { openServer, type ServerOptions } from '../open-server.ts'
import { addUser } from '../users/add.ts'
import type { NewUser } from '../users/store.ts'

/** Monday 2 November 2026, 07:00 in Jakarta (UTC+7). */
export const MONDAY_SEVEN = Date.UTC(2026, 10, 2, 0, 0)

export const PASSWORD = 'kelapa-muda-7'

export interface Call {
  readonly method?: string
  readonly body?: unknown
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  /** The caller's socket address. */
  readonly address?: string
}

export interface TestServer {
  readonly app: Hono<AppEnv>
  readonly deps: Deps
  /** The background jobs: `runner.runDue(clock.now)`. */
  readonly runner: Runner
  readonly folder: string
  /** Every log line so far. */
  readonly lines: readonly string[]
  /** The frozen clock, ms. */
  readonly clock: { now: number }
  call(path: string, call?: Call): Promise<Response>
  /** Calls and parses the reply; fails when it is not that. */
  ask<Schema extends z.ZodType>(schema: Schema, path: string, call?: Call): Promise<z.output<Schema>>
  /** Calls and parses the problem document; fails when there is none. */
  refused(path: string, call?: Call): Promise<Problem>
  addUser(user?: Partial<Omit<NewUser, 'id'>>): Promise<{ nim: string; id: string; code: string }>
  /** A user who has activated her account with PASSWORD, as an API client. */
  signedIn(user?: Partial<Omit<NewUser, 'id'>>): Promise<TokensReply & { refresh_token: string }>
  /** Ends the server and leaves its folder, for another start on it. */
  stop(): Promise<void>
  close(): Promise<void>
}

/**
 * The real application on a database and keys of its own in a temporary folder, with a frozen clock and cheap password
 * hashing (bcrypt cost 4 unless told). Nothing is mocked; requests go in by the front door.
 */
export async function openTestServer(
  env: Record<string, string> = {},
  folder = makeFolder(),
  bcryptCost = 4,
  more: Pick<ServerOptions, 'limitFactor'> = {},
): Promise<TestServer> {
  const clock = { now: MONDAY_SEVEN }
  const lines: string[] = []
  const now = () => clock.now
  const config = readConfig({
    STORAGE_PATH: join(folder, 'data'),
    KEYS_PATH: join(folder, 'keys'),
    LOG_LEVEL: 'debug',
    ...env,
  })
  const { app, deps, runner, close } = await openServer(config, {
    log: createLog(config.logLevel, now, (line) => lines.push(line)),
    now,
    passwords: createPasswords(bcryptCost),
    clientFolder: join(folder, 'client'),
    tls: false,
    ...more,
  })

  const call = async (path: string, { method, body, token, headers, address = '192.0.2.1' }: Call = {}) =>
    app.request(
      `http://localhost${path}`,
      {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      },
      { incoming: { socket: { remoteAddress: address, remotePort: 50_000, remoteFamily: 'IPv4' } } },
    )
  let people = 0

  const server: TestServer = {
    app,
    deps,
    runner,
    folder,
    lines,
    clock,
    call,
    ask: async (schema, path, options) => {
      const reply = await call(path, options)
      const json: unknown = await reply.json()
      if (!reply.ok) throw new Error(`${path}: ${JSON.stringify(json)}`)
      return schema.parse(json)
    },
    refused: async (path, options) => {
      const reply = await call(path, options)
      if (reply.ok) throw new Error(`${path} was not refused`)
      return problemSchema.parse(await reply.json())
    },
    addUser: async (user = {}) => {
      people++
      const nim = user.nim ?? `2026-${people}`
      const added = await addUser(deps, {
        name: `Siswa ${people}`,
        role: 'user',
        kelas: 'X-1',
        accommodation: { poses: 'guided', slow: false },
        ...user,
        nim,
      })
      if (added.kind !== 'added') throw new Error(added.kind)
      return { nim, id: added.id, code: added.code }
    },
    signedIn: async (user) => {
      const { nim, code } = await server.addUser(user)
      const reply = await server.ask(tokensReply, '/api/v1/auth/activate', { body: { nim, code, password: PASSWORD } })
      if (reply.refresh_token === undefined) throw new Error('no refresh token')
      return { ...reply, refresh_token: reply.refresh_token }
    },
    stop: close,
    close: async () => {
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return server
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'absensi-test-'))
}

export interface TestDevice {
  readonly id: string
  readonly jwk: PublicJwk
  readonly privateKey: CryptoKey
}

/** A device key as a browser makes it (P-256, ES256). */
export async function makeDevice(): Promise<TestDevice> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const { kty, crv, x, y } = await exportJWK(publicKey)
  const jwk = publicJwkSchema.parse({ kty, crv, x, y })
  return { id: await calculateJwkThumbprint(jwk, 'sha256'), jwk, privateKey }
}

/** The proof of possession a browser sends with its key. */
export async function proveDevice(device: TestDevice, nonce: string, typ = 'device-proof+jwt'): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify({ nonce })))
    .setProtectedHeader({ alg: 'ES256', typ })
    .sign(device.privateKey)
}

/** Registers the device for the holder of the token, as the page does. */
export async function registerDevice(server: TestServer, device: TestDevice, token: string, label = 'Telepon') {
  const { nonce } = await server.ask(deviceNonceReply, '/api/v1/devices/nonce', { method: 'POST', token })
  const body = { jwk: device.jwk, proof: await proveDevice(device, nonce), label }
  return (await server.ask(deviceReply, '/api/v1/devices', { body, token })).device
}
