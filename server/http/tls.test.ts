import { X509Certificate } from 'node:crypto'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { get } from 'node:https'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readArguments } from '../arguments.ts'
import { MONDAY_SEVEN, makeFolder } from '../test/test-server.ts'
import type { AppEnv } from './env.ts'
import { listen } from './listen.ts'
import { makeTls } from './tls.ts'

const DAY = 86_400_000
let folder: string

beforeEach(() => {
  folder = makeFolder()
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('serves TLS with a certificate that its own authority vouches for', async () => {
  const tls = await makeTls(folder, Date.now())
  const app = new Hono<AppEnv>().get('/', (c) => c.text('aman'))
  const listening = await listen(app, { host: '127.0.0.1', port: 0, tls })
  const ca = new X509Certificate(readFileSync(tls.own?.authority ?? ''))
  const text = await new Promise((resolve, reject) => {
    get({ host: 'localhost', port: listening.port, ca: ca.toString(), agent: false }, (reply) => {
      reply.setEncoding('utf8').once('data', resolve)
    }).on('error', reject)
  })
  expect(text).toBe('aman')
  await listening.close(100)
})

it('stays the same until it is about to end, and its authority longer', async () => {
  const first = await makeTls(folder, MONDAY_SEVEN)
  expect(await makeTls(folder, MONDAY_SEVEN + 300 * DAY)).toEqual(first)
  const later = await makeTls(folder, MONDAY_SEVEN + 390 * DAY)
  expect(later.cert).not.toBe(first.cert)
  const authority = new X509Certificate(readFileSync(first.own?.authority ?? ''))
  for (const { cert } of [first, later]) {
    const certificate = new X509Certificate(cert)
    expect(certificate.verify(authority.publicKey)).toBe(true)
    expect(certificate.ca).toBe(false)
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
    expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).toBeLessThanOrEqual(398 * DAY)
  }
  for (const name of ['authority.key', 'server.key'])
    expect(statSync(join(folder, 'tls', name)).mode & 0o777).toBe(0o600)
})

it('reads the command line', () => {
  expect(readArguments([])).toBe('none')
  expect(readArguments(['--https'])).toBe('self-made')
  expect(readArguments(['--https', 'c.pem', 'k.pem'])).toEqual({ certPath: 'c.pem', keyPath: 'k.pem' })
  for (const wrong of [['--https', 'c.pem'], ['--http'], ['--https', 'a', 'b', 'c']])
    expect(() => readArguments(wrong)).toThrow(/Usage/)
})
