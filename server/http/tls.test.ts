import { X509Certificate } from 'node:crypto'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { Hono } from 'hono'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readArguments } from '../arguments.ts'
import { ConfigProblem } from '../config.ts'
import { MONDAY_SEVEN, makeFolder } from '../test/test-server.ts'
import type { AppEnv } from './env.ts'
import { listen } from './listen.ts'
import { createLog } from './log.ts'
import { makeTls, readChosenTls, type TlsFiles } from './tls.ts'
import { watchTls } from './watch-tls.ts'

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

it('listens on the other host where the machine has not the first, and names one it cannot have', async () => {
  const options = { host: '2001:db8::1', port: 0, tls: undefined }
  const listening = await listen(new Hono<AppEnv>(), { ...options, orHost: '127.0.0.1' })
  expect(listening.host).toBe('127.0.0.1')
  const alone = listen(new Hono<AppEnv>(), options)
  await expect(alone).rejects.toThrow(ConfigProblem)
  await expect(alone).rejects.toThrow(/^HOST: cannot listen on 2001:db8::1, port 0 /)
  const taken = listen(new Hono<AppEnv>(), { host: '127.0.0.1', port: listening.port, tls: undefined })
  await expect(taken).rejects.toThrow(`PORT: ${listening.port} is already in use.`)
  await listening.close(100)
})

it('stops at a broken file of its own, naming it', async () => {
  await makeTls(folder, MONDAY_SEVEN)
  writeFileSync(join(folder, 'tls', 'server.pem'), 'rahasia')
  await expect(makeTls(folder, MONDAY_SEVEN)).rejects.toThrow(/server\.pem: is no certificate in PEM\.$/)
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

/** The SHA-256 fingerprint of what a new connection is shown. */
const shownOn = (port: number) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? '')
      socket.destroy()
    }).on('error', reject)
  })
const fingerprintOf = ({ cert }: { cert: string }) => new X509Certificate(cert).fingerprint256

it('serves a renewed pair without a restart, and goes on with the old one while the new one is none', async () => {
  const [first, second] = [await makeTls(folder, MONDAY_SEVEN), await makeTls(folder, MONDAY_SEVEN + 390 * DAY)]
  const choice = { certPath: join(folder, 'cert.pem'), keyPath: join(folder, 'key.pem') }
  const put = ({ cert, key }: { cert: string; key: string }) => {
    writeFileSync(choice.certPath, cert)
    writeFileSync(choice.keyPath, key)
  }
  put(first)
  const lines: string[] = []
  const tls = await readChosenTls(choice, folder, 0)
  const listening = await listen(new Hono<AppEnv>(), { host: '127.0.0.1', port: 0, tls })
  const watch = watchTls(tls, {
    read: (current) => readChosenTls(choice, folder, 0, current),
    use: listening.renew,
    log: createLog(
      'info',
      () => MONDAY_SEVEN,
      (line) => lines.push(line),
    ),
  })
  await watch.look()
  expect([await shownOn(listening.port), lines]).toEqual([fingerprintOf(first), []])
  for (const wrong of [
    { cert: second.cert, key: first.key },
    { cert: second.cert, key: 'rahasia' },
    { cert: 'rahasia', key: second.key },
  ]) {
    put(wrong)
    await watch.look()
    expect(await shownOn(listening.port)).toBe(fingerprintOf(first))
    expect(lines.at(-1)).toMatch(/"certificate_not_renewed","problem":".*(cert|key)\.pem: is no/)
  }
  put(second)
  await watch.look()
  expect(await shownOn(listening.port)).toBe(fingerprintOf(second))
  expect(lines.at(-1)).toContain('"certificate_renewed"')
  expect(lines.join()).not.toContain('rahasia')
  watch.stop()
  await listening.close(100)
})

it('makes its own anew while it runs when less than 30 days are left', async () => {
  const first = await readChosenTls('self-made', folder, MONDAY_SEVEN)
  let now = MONDAY_SEVEN + 360 * DAY
  const used: TlsFiles[] = []
  const watch = watchTls(first, {
    read: (current) => readChosenTls('self-made', folder, now, current),
    use: (tls) => void used.push(tls),
    log: createLog(
      'silent',
      () => now,
      () => undefined,
    ),
  })
  await watch.look()
  expect(used).toEqual([])
  now += 10 * DAY
  await watch.look()
  await watch.look()
  expect(used.map(fingerprintOf)).toEqual([fingerprintOf(await makeTls(folder, now))])
  watch.stop()
})

it.each([
  ['cert.pem', /cert\.pem: is no certificate in PEM\.$/],
  ['key.pem', /key\.pem: is no private key in PEM without a passphrase\.$/],
  ['none.pem', /none\.pem: cannot be read \(ENOENT\)\.$/],
])('stops at a wrong %s, naming the file', async (wrong, message) => {
  const { cert, key } = await makeTls(folder, MONDAY_SEVEN)
  for (const [name, text] of Object.entries({ 'cert.pem': cert, 'key.pem': key }))
    writeFileSync(join(folder, name), name === wrong ? 'rahasia' : text)
  const certPath = join(folder, wrong === 'none.pem' ? wrong : 'cert.pem')
  const read = readChosenTls({ certPath, keyPath: join(folder, 'key.pem') }, folder, 0)
  await expect(read).rejects.toThrow(ConfigProblem)
  await expect(read).rejects.toThrow(message)
})

it('reads the command line', () => {
  expect(readArguments([])).toBe('none')
  expect(readArguments(['--https'])).toBe('self-made')
  expect(readArguments(['--https', 'c.pem', 'k.pem'])).toEqual({ certPath: 'c.pem', keyPath: 'k.pem' })
  for (const wrong of [['--https', 'c.pem'], ['--http'], ['--https', 'a', 'b', 'c']])
    expect(() => readArguments(wrong)).toThrow(/Usage/)
})
