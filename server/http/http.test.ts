import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { healthReply } from '../../shared/contract/health.ts'
import { schoolSettingsSchema } from '../../shared/contract/settings.ts'
import { putSchoolSettings } from '../settings/store.ts'
import { makeFolder, openTestServer, type TestServer } from '../test/test-server.ts'
import { addressBucket } from './address.ts'
import { languageOf } from './language.ts'

const PAGE = '<!doctype html><title>Absensi</title>'
const SCRIPT = 'export const a = 1\n'.repeat(100)

let server: TestServer

beforeEach(async () => {
  const folder = makeFolder()
  const assets = join(folder, 'client', 'assets')
  mkdirSync(assets, { recursive: true })
  mkdirSync(join(folder, 'client', 'phone'))
  writeFileSync(join(folder, 'client', 'phone', 'index.html'), PAGE)
  mkdirSync(join(folder, 'client', 'kiosk'))
  writeFileSync(join(folder, 'client', 'kiosk', 'index.html'), PAGE)
  writeFileSync(join(folder, 'client', 'kiosk', 'sw.js'), SCRIPT)
  writeFileSync(join(assets, 'a-1234.js'), SCRIPT)
  writeFileSync(join(assets, 'a-1234.js.br'), brotliCompressSync(SCRIPT))
  writeFileSync(join(assets, 'a-1234.js.gz'), gzipSync(SCRIPT))
  writeFileSync(join(assets, 'b-1234.wasm'), new Uint8Array([0, 97, 115, 109]))
  server = await openTestServer({ CORS_ORIGINS: 'https://absensi.test', TRUSTED_PROXIES: '10.0.0.0/8' }, folder)
})

afterEach(() => server.close())

describe('pages', () => {
  it('serves the phone page, asked for again each time, under a strict policy', async () => {
    const reply = await server.call('/')
    expect(await reply.text()).toBe(PAGE)
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'content-security-policy':
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; manifest-src 'self'; img-src 'self' blob:; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    })
    expect(reply.headers.get('permissions-policy')).toMatch(/^camera=\(self\)/)
    expect(reply.headers.get('strict-transport-security')).toBeNull()
    const proxied = await server.call('/', { address: '10.0.0.1', headers: { 'x-forwarded-proto': 'https' } })
    expect(proxied.headers.get('strict-transport-security')).toBe('max-age=31536000')
    const again = await server.call('/', { headers: { 'if-none-match': reply.headers.get('etag') ?? '' } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  })

  it('serves the kiosk page, and its worker for that page alone', async () => {
    expect(await (await server.call('/kiosk')).text()).toBe(PAGE)
    const worker = await server.call('/kiosk/sw.js')
    expect(worker.headers.get('service-worker-allowed')).toBe('/kiosk')
    expect(worker.headers.get('cache-control')).toBe('no-cache')
    expect((await server.call('/assets/a-1234.js')).headers.get('service-worker-allowed')).toBeNull()
  })

  it('leads to a page as people type its address, and nowhere else', async () => {
    const led = async (path: string) => {
      const reply = await server.call(path)
      return [reply.status, reply.headers.get('location')]
    }
    expect(await led('/Kiosk/')).toEqual([308, '/kiosk'])
    expect(await led('/kiosk/?a=1')).toEqual([308, '/kiosk?a=1'])
    expect(await led('//evil.example/')).toEqual([404, null])
    expect(await led('/kiosk/index.html')).toEqual([404, null])
  })

  it('serves assets for ever, in the best coding the browser takes', async () => {
    const ask = (accept: string) => server.call('/assets/a-1234.js', { headers: { 'accept-encoding': accept } })
    const sizes = { br: brotliCompressSync(SCRIPT).length, gzip: gzipSync(SCRIPT).length, plain: SCRIPT.length }
    for (const [accept, coding, size] of [
      ['gzip, deflate, br', 'br', sizes.br],
      ['gzip;q=0.5, br;q=0', 'gzip', sizes.gzip],
      ['identity', null, sizes.plain],
    ] as const) {
      const reply = await ask(accept)
      expect(reply.headers.get('content-encoding')).toBe(coding)
      expect(reply.headers.get('content-length')).toBe(String(size))
      expect((await reply.arrayBuffer()).byteLength).toBe(size)
      expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(reply.headers.get('vary')).toContain('Accept-Encoding')
      expect(reply.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    }
    expect((await server.call('/assets/b-1234.wasm')).headers.get('content-type')).toBe('application/wasm')
    const head = await server.call('/assets/a-1234.js', { method: 'HEAD' })
    expect([head.headers.get('content-length'), await head.text()]).toEqual([String(sizes.plain), ''])
  })

  it('serves nothing beside the built files', async () => {
    for (const path of [
      '/assets/',
      '/assets/c.js',
      '/../keys/master.json',
      '/%2e%2e/keys/master.json',
      '/phone/index.html',
    ])
      expect([path, (await server.call(path)).status]).toEqual([path, 404])
  })
})

describe('the door', () => {
  it('says it is healthy, at both addresses', async () => {
    for (const path of ['/health', '/api/v1/health'])
      expect(await server.ask(healthReply, path)).toEqual({
        status: 'ok',
        name: 'Smart Absensi',
        profile: 'school',
        time_zone: 'Asia/Jakarta',
        registration: false,
      })
  })

  it('answers errors as problem documents in the language asked for', async () => {
    const reply = await server.call('/api/v1/nothing')
    expect(reply.headers.get('content-type')).toBe('application/problem+json')
    expect(reply.headers.get('content-language')).toBe('id')
    expect(reply.headers.get('cache-control')).toBe('no-store')
    expect(await reply.json()).toEqual({
      type: 'about:blank',
      title: 'Tidak ditemukan',
      status: 404,
      detail: 'Yang diminta tidak ada.',
      code: 'not_found',
      request_id: reply.headers.get('x-request-id'),
    })
    const english = await server.refused('/api/v1/nothing', {
      headers: { 'accept-language': 'fr, en;q=0.8, id;q=0.2' },
    })
    expect(english.title).toBe('Not found')
  })

  it('names wrong fields without their values or the schema', async () => {
    const body = { nim: 'a<script>', password: 'rahasia-1' }
    const problem = await server.refused('/api/v1/auth/login', { body })
    expect(problem).toMatchObject({ code: 'bad_request', fields: [{ path: 'nim', message: 'invalid_format' }] })
    expect(JSON.stringify(problem)).not.toMatch(/script|rahasia|A-Za-z/)
    for (const broken of ['{', '[]', 'null']) {
      const code = (await server.refused('/api/v1/auth/login', { body: broken })).code
      expect(code).toBe('bad_request')
    }
    const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'nim=a' }
    expect((await server.app.request('/api/v1/auth/login', form)).status).toBe(400)
  })

  it('refuses bodies over 256 kB, told or not', async () => {
    const body = JSON.stringify({ nim: 'a', password: 'x'.repeat(300_000) })
    expect((await server.refused('/api/v1/auth/login', { body })).code).toBe('too_large')
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body))
        controller.close()
      },
    })
    const untold = new Request('http://localhost/api/v1/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    } as RequestInit)
    expect((await server.app.request(untold)).status).toBe(413)
  })

  it('lets listed origins read replies and no other', async () => {
    const preflight = (origin: string) =>
      server.call('/api/v1/auth/login', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      })
    expect((await preflight('https://absensi.test')).headers.get('access-control-allow-origin')).toBe(
      'https://absensi.test',
    )
    expect((await preflight('https://evil.test')).headers.get('access-control-allow-origin')).toBeNull()
  })

  it('replaces a hostile request id', async () => {
    const reply = await server.call('/health', { headers: { 'x-request-id': 'a"b{}' } })
    expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('counts anonymous calls by address, believing forwarded headers from trusted proxies only', async () => {
    const ask = async (address: string, forwarded: string) =>
      (await server.call('/api/v1/health', { address, headers: { 'x-forwarded-for': forwarded } })).status
    for (let i = 0; i < 600; i++) await ask('10.0.0.1', `1.1.1.1, 203.0.113.9, 10.0.0.2`)
    expect(await ask('10.0.0.1', '203.0.113.9')).toBe(429)
    expect(await ask('10.0.0.1', '203.0.113.10')).toBe(200)
    expect(await ask('203.0.113.9', '203.0.113.10')).toBe(429)
  })

  it('gives an address of the school more', async () => {
    const settings = schoolSettingsSchema.parse({ school_networks: ['203.0.113.0/24'] })
    await server.deps.db.write([putSchoolSettings(settings, 0)])
    const ask = async (address: string) => (await server.call('/api/v1/health', { address })).status
    for (const address of ['203.0.113.9', '198.51.100.7']) for (let i = 0; i < 600; i++) await ask(address)
    expect([await ask('203.0.113.9'), await ask('198.51.100.7')]).toEqual([200, 429])
  })

  it('logs a line a request by its route', async () => {
    await server.call('/api/v1/auth/me?nim=rahasia')
    await server.call('/assets/rahasia.js')
    const routes = server.lines.map((line): unknown => JSON.parse(line))
    expect(routes).toContainEqual(expect.objectContaining({ method: 'GET', route: '/api/v1/auth/me', status: 401 }))
    expect(routes).toContainEqual(expect.objectContaining({ method: 'GET', route: '*', status: 404 }))
    expect(server.lines.join()).not.toContain('rahasia')
  })

  it('tells nothing of an unexpected error, in the reply or in the log', async () => {
    await server.deps.db.write([{ sql: 'ALTER TABLE users RENAME COLUMN nim TO nim_before' }])
    const problem = await server.refused('/api/v1/auth/login', { body: { nim: 'Rahasia-77', password: 'rahasia-1' } })
    expect(problem.code).toBe('internal')
    expect(JSON.stringify(problem)).not.toMatch(/SQL|column|nim/i)
    const line = server.lines.find((text) => text.includes('"failed"'))
    expect(line).toContain(problem.request_id)
    expect(line).not.toMatch(/rahasia/i)
  })
})

describe('small rules', () => {
  it.each([
    [undefined, 'id'],
    ['en-GB,en;q=0.9', 'en'],
    ['id-ID,id;q=0.9,en;q=0.8', 'id'],
    ['en;q=0.3, id;q=0.9', 'id'],
    ['de', 'id'],
  ] as const)('reads Accept-Language %s as %s', (header, language) => expect(languageOf(header)).toBe(language))

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('counts %s as %s', (address, bucket) => expect(addressBucket(address)).toBe(bucket))
})
