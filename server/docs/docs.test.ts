import { afterAll, beforeAll, expect, it } from 'vitest'
import { ENDPOINTS } from '../../shared/contract/api/all.ts'
import { isFile } from '../../shared/contract/endpoint.ts'
import { PROBLEM_CODES } from '../../shared/contract/problem.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer({ APP_NAME: 'Sekolah <b>"&' })
})
afterAll(() => server.close())

it('describes every row: who may, what goes in, what comes out', async () => {
  const reply = await server.call('/api/v1/openapi.json')
  expect(reply.headers.get('content-type')).toMatch(/^application\/json/)
  const document = (await reply.json()) as {
    openapi: string
    paths: Record<
      string,
      Record<string, { operationId: string; security: unknown[]; responses: object; requestBody?: object }>
    >
  }
  expect(document.openapi).toBe('3.1.0')
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  expect(operations).toHaveLength(ENDPOINTS.length)
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(ENDPOINTS.length)
  for (const row of ENDPOINTS) {
    const operation = document.paths[row.path]?.[row.method.toLowerCase()]
    expect(operation?.security.length === 0, row.path).toBe(row.who === 'anyone')
    expect(operation?.responses, row.path).toHaveProperty(String(row.status ?? 200))
    expect('requestBody' in (operation ?? {}), row.path).toBe(row.body !== undefined)
    if (!isFile(row.reply)) expect(JSON.stringify(operation?.responses), row.path).toContain('"schema":{')
  }
  // Whole: every reference leads somewhere.
  for (const [, to] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = String(to)
      .split('/')
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], document)
    expect(target ?? 'local to a schema', String(to)).toBeTruthy()
  }
})

it('shows it as a page that asks for nothing but its style sheet, and escapes names', async () => {
  const reply = await server.call('/api/v1/docs')
  expect(reply.headers.get('content-type')).toMatch(/^text\/html/)
  expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
  const html = await reply.text()
  expect([...html.matchAll(/(?:src|href)="([^"#]*)"/g)].map(([, address]) => address)).toEqual([
    '/api/v1/docs/style.css',
    '/api/v1/openapi.json',
  ])
  expect(html).not.toMatch(/<script|<b>"&|style="/)
  for (const row of ENDPOINTS) expect(html).toContain(`/api/v1${row.path}</code>`)
  for (const code of PROBLEM_CODES) expect(html).toContain(`<code>${code}</code>`)
  const style = await server.call('/api/v1/docs/style.css')
  expect(style.headers.get('content-type')).toMatch(/^text\/css/)
  expect(await style.text()).not.toMatch(/url\(|@import/)
})
