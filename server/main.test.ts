import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { tokensReply } from '../shared/contract/auth.ts'
import { backupsReply } from '../shared/contract/backups.ts'
import { openDb } from './db/open.ts'
import { letGoOfFiles } from './test/let-go.ts'
import { makeFolder } from './test/test-server.ts'

// The built server as real processes: what no request inside one can show. Built beside node_modules, where its
// dependencies are found.
const root = fileURLToPath(new URL('..', import.meta.url))
const built = join(root, 'node_modules', '.cache', `server-under-test-${process.pid}`)
let folder: string
let running: ChildProcess[] = []

beforeAll(async () => {
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    mode: 'server',
    logLevel: 'error',
    build: { outDir: built, emptyOutDir: true },
  })
}, 60_000)

afterAll(() => rmSync(built, { recursive: true, force: true }))

beforeEach(() => {
  folder = makeFolder()
})

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  running = []
  rmSync(folder, { recursive: true, force: true })
})

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function run(name: string, args: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(built, `${name}.js`), ...args], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      STORAGE_PATH: join(folder, 'data'),
      KEYS_PATH: join(folder, 'keys'),
      ...env,
    },
  })
  running.push(child)
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, err })))
  /** The address the server prints once it listens. */
  const address = async (): Promise<string> => {
    for (;;) {
      const found = /https?:\/\/\S+:\d+/.exec(out)
      if (found) return found[0]
      const over = await Promise.race([ended, new Promise<null>((resolve) => setTimeout(() => resolve(null), 20))])
      if (over !== null) throw new Error(over.err)
    }
  }
  return { child, ended, address, out: () => out }
}

const post = (url: string, body: unknown) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

it('starts on a free port, keeps its files to itself, and ends cleanly at a signal', async () => {
  const server = run('main')
  const address = await server.address()
  expect((await fetch(`${address}/health`)).status).toBe(200)
  const secret = join(folder, 'data', 'first-admin.txt')
  expect(server.out()).toContain(secret)
  const password = /password (\S+)/.exec(readFileSync(secret, 'utf8'))?.[1] ?? ''
  expect((await post(`${address}/api/v1/auth/login`, { nim: 'admin', password })).status).toBe(200)
  for (const path of ['data/absensi.db', 'data/keys.db', 'data/first-admin.txt', 'keys/master.json'])
    expect([path, statSync(join(folder, path)).mode & 0o777]).toEqual([path, 0o600])
  for (const path of ['data', 'keys']) expect(statSync(join(folder, path)).mode & 0o777).toBe(0o700)

  server.child.kill('SIGTERM')
  const { code, out, err } = await server.ended
  expect(code).toBe(0)
  expect(err).toContain('"ended"')
  expect(out + err).not.toContain(password)

  const again = run('main')
  await again.address()
  expect(again.out()).not.toContain('First admin')
  again.child.kill('SIGINT')
  expect((await again.ended).code).toBe(0)
}, 60_000)

it('adds accounts from the command line while the server runs', async () => {
  const server = run('main')
  const address = await server.address()
  const args = ['--nim', '2026/9', '--name', 'Budi', '--kelas', 'X-1', '--challenges', 'blink,smile', '--poses', 'any']
  const added = await run('user-add', args).ended
  expect(added).toMatchObject({ code: 0, err: '' })
  const code = /\b[0-9A-Z]{5}-[0-9A-Z]{5}\b/.exec(added.out)?.[0]
  const reply = await post(`${address}/api/v1/auth/activate`, { nim: '2026/9', code, password: 'kelapa-muda-7' })
  const { access_token, user } = tokensReply.parse(await reply.json())
  expect(user).toMatchObject({ nim: '2026/9', name: 'Budi', kelas: 'X-1', role: 'user' })
  const me = await fetch(`${address}/api/v1/auth/me`, { headers: { authorization: `Bearer ${access_token}` } })
  expect(await me.json()).toMatchObject({
    accommodation: { challenges: ['blink', 'smile'], poses: 'any', slow: false },
  })

  const taken = await run('user-add', args).ended
  expect([taken.code, taken.out]).toEqual([1, ''])
  expect(taken.err).toContain('NIM 2026/9 is taken')
  const reset = await run('user-add', ['--nim', '2026/9', '--reset']).ended
  expect(reset.out).toMatch(/^Code: /)
  const wrong = await run('user-add', ['--nim', '3', '--name', 'C', '--challenges', 'blink,wink']).ended
  expect([wrong.code, wrong.err.split('\n')[0]]).toEqual([1, 'Not understood: --challenges'])
}, 60_000)

it('makes a backup while it runs; audit and restore are checked from the command line', async () => {
  const server = run('main')
  const api = `${await server.address()}/api/v1`
  const code = /password (\S+)/.exec(readFileSync(join(folder, 'data', 'first-admin.txt'), 'utf8'))?.[1]
  const activated = await post(`${api}/auth/activate`, { nim: 'admin', code, password: 'kelapa-muda-7' })
  const headers = { authorization: `Bearer ${tokensReply.parse(await activated.json()).access_token}` }
  expect((await fetch(`${api}/admin/backups`, { method: 'POST', headers })).status).toBe(202)
  const backups = async () =>
    backupsReply.parse(await (await fetch(`${api}/admin/backups`, { headers })).json()).backups.map(({ file }) => file)
  await expect.poll(backups, { timeout: 10_000 }).toHaveLength(1)
  const file = join(folder, 'data', 'backups', (await backups())[0] ?? '')
  expect((await run('restore', [file]).ended).err).toContain('Stop the server first')
  server.child.kill('SIGTERM')
  await server.ended

  const whole = await run('audit-verify', ['--head', file.replace('.db', '.json')]).ended
  expect(whole).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+ lines, all whole\.$/m) })
  const db = await openDb(`file:${join(folder, 'data', 'absensi.db')}`)
  await db.write([{ sql: 'DELETE FROM audit_logs WHERE seq >= 2' }])
  await db.close()
  await letGoOfFiles()
  const cut = await run('audit-verify').ended
  expect(cut).toMatchObject({ code: 1, err: expect.stringContaining('the first wrong or missing line is 2') })
  const restored = await run('restore', [file]).ended
  expect(restored).toMatchObject({ code: 0, err: '' })
  expect(await run('audit-verify').ended).toMatchObject({ code: 0 })
  expect((await run('audit-verify', ['--head', join(folder, 'none')]).ended).err).toContain('holds no head')
  expect((await run('restore').ended).err).toContain('npm run restore')
  const again = run('main')
  expect((await fetch(`${await again.address()}/health`)).status).toBe(200)
}, 60_000)

it('changes the master key from the command line: what was made before stays, and the old key stays needed', async () => {
  const server = run('main')
  await server.address()
  const code = /\b[0-9A-Z]{5}-[0-9A-Z]{5}\b/.exec((await run('user-add', ['--nim', '1', '--name', 'A']).ended).out)?.[0]
  expect((await run('keys-rotate').ended).err).toContain('Stop the server first')
  server.child.kill('SIGTERM')
  await server.ended
  const kept = readFileSync(join(folder, 'keys', 'master.json'), 'utf8')
  expect(await run('keys-rotate').ended).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Version 2 /) })
  expect(statSync(join(folder, 'keys', 'master.json')).mode & 0o777).toBe(0o600)

  const again = run('main')
  const reply = await post(`${await again.address()}/api/v1/auth/activate`, {
    nim: '1',
    code,
    password: 'kelapa-muda-7',
  })
  expect(reply.status).toBe(200)
  again.child.kill('SIGTERM')
  await again.ended
  expect(await run('audit-verify').ended).toMatchObject({ code: 0, out: expect.stringMatching(/all whole/) })
  writeFileSync(join(folder, 'keys', 'master.json'), kept)
  expect((await run('main').ended).err).toMatch(/not the ones this database was made with \(version 2\)/)

  expect((await run('keys-rotate', [], { SECRET_KEY: 'r'.repeat(32) }).ended).err).toMatch(/^SECRET_KEY is set/)
  expect((await run('keys-rotate', [], { KEYS_PATH: join(folder, 'none') }).ended).err).toMatch(
    /master\.json: is not there/,
  )
}, 60_000)

it('stops with one line that names what is wrong', async () => {
  writeFileSync(join(folder, 'a-file'), 'rahasia'.repeat(200))
  mkdirSync(join(folder, 'ring'))
  writeFileSync(join(folder, 'ring', 'master.json'), 'rahasia')
  for (const [env, line] of [
    [{ PORT: 'many' }, /^PORT: /],
    [{ DATABASE_URL: 'x' }, /^DATABASE_URL: /],
    [{ SECRET_KEY: `2:${'rahasia'.repeat(5)},1:short` }, /^SECRET_KEY: /],
    [{ STORAGE_PATH: join(folder, 'a-file') }, /a-file: cannot be used \(\w+\)\.$/],
    [{ KEYS_PATH: join(folder, 'a-file') }, /a-file: cannot be used \(\w+\)\.$/],
    [{ KEYS_PATH: join(folder, 'ring') }, /master\.json: is no key ring\./],
    [{ DATABASE_URL: `file:${join(folder, 'a-file')}` }, /^STORAGE_PATH, DATABASE_URL: .*\(SQLITE_NOTADB\)/],
    [{ HOST: '192.0.2.1' }, /^HOST: cannot listen on 192\.0\.2\.1, port 0 \(EADDRNOTAVAIL\)/],
  ] as [Record<string, string>, RegExp][]) {
    const { code, err } = await run('main', [], env).ended
    expect(code).toBe(1)
    expect(err.trim().split('\n').at(-1)).toMatch(line)
    expect(
      err
        .trim()
        .split('\n')
        .filter((text) => !text.includes('"migrated"')),
    ).toHaveLength(1)
    expect(err).not.toContain('rahasia')
  }
  const usage = await run('main', ['--https', 'only-one.pem']).ended
  expect([usage.code, usage.err.slice(0, 6)]).toEqual([1, 'Usage:'])
}, 60_000)

it('speaks TLS with --https', async () => {
  const server = run('main', ['--https'])
  expect(await server.address()).toMatch(/^https:\/\/localhost:\d+$/)
  server.child.kill('SIGTERM')
  const { code, out } = await server.ended
  expect(code).toBe(0)
  expect(out).toMatch(/SHA-256\): ([0-9A-F]{2}:){31}[0-9A-F]{2}\n/)
  expect(out).toContain(join(folder, 'keys', 'tls', 'authority.pem'))
}, 60_000)
