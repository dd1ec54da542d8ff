import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { ENDPOINTS } from '../shared/contract/api/all.ts'
import type { Endpoint } from '../shared/contract/endpoint.ts'
import { schoolSettingsSchema } from '../shared/contract/settings.ts'
import { insertCase } from './face/cases/store.ts'
import { putSchoolSettings } from './settings/store.ts'
import { exampleOf } from './test/example.ts'
import { type Asked, findScans, recordReads } from './test/record-reads.ts'
import { seedSmall } from './test/test-attendance.ts'
import { makeKiosk, signCall } from './test/test-kiosk.ts'
import { openTestServer, type TestServer } from './test/test-server.ts'
import { makeAdmin, makeGuru } from './test/test-staff.ts'

/** Tables with rows for people, days or acts. */
const GROWING =
  /^(users|absensi|tickets|audit_logs|devices|face_encodings|face_cases|face_uploads|liveness_checks|consents|izin_requests|corrections|correction_requests|refresh_tokens|rate_units|rate_slices|kiosk_events|presence_codes|mails|email_confirmations|activation_codes|guru_kelas)$/

let server: TestServer
let asked: readonly Asked[]
const failed: string[] = []
const reached = new Set<string>()

/** Values that are there; anything else is the contract's example. */
const there: Record<string, string> = { kelas: 'X-1', search: 'an', session: 'harian', session_id: 'harian' }

/** The queries of a row: its required members alone, with each value of another one, and with every pair of them. */
function queriesOf(row: Endpoint): { readonly query: Record<string, string>; readonly pair: boolean }[] {
  if (row.query === undefined) return [{ query: {}, pair: false }]
  const json = z.toJSONSchema(row.query, { io: 'input', unrepresentable: 'any' })
  const members = Object.entries(json.properties ?? {}).map(([name, member]) => {
    const values = (typeof member === 'object' && member.enum) || [
      there[name] ?? exampleOf(z.fromJSONSchema(member as never)),
    ]
    return { name, values: values.map(String) }
  })
  const isNeeded = (name: string) => json.required?.includes(name) ?? false
  const base = Object.fromEntries(
    members.flatMap(({ name, values }) => (isNeeded(name) ? [[name, values[0] ?? '']] : [])),
  )
  const singles = members.flatMap(({ name, values }) => values.map((value) => ({ ...base, [name]: value })))
  // Another page is the same statement.
  const told = singles.filter((one) => !('limit' in one || 'offset' in one))
  const pairs = told.flatMap((one, at) => told.slice(at + 1).map((two) => ({ ...one, ...two })))
  const asked = (query: Record<string, string>, pair: boolean) => ({ query, pair })
  return [asked(base, false), ...singles.map((one) => asked(one, false)), ...pairs.map((one) => asked(one, true))]
}

beforeAll(async () => {
  server = await openTestServer({ ACCESS_TOKEN_EXPIRE_MINUTES: '1440' })
  await seedSmall(server, { days: 4 })
  const { db } = server.deps
  await db.write([putSchoolSettings(schoolSettingsSchema.parse({ public_privacy: 'open' }), 0)])
  const admin = await makeAdmin(server)
  const kiosk = await makeKiosk(server, admin.token)
  const [student, other] = await db.read("SELECT id, nim FROM users WHERE role = 'user'")
  // A case under the student's own id, so that every path finds its object by it.
  const pair = { id: String(student?.id), userId: String(student?.id), otherUserId: String(other?.id) }
  await db.write([insertCase(pair, 0)])
  const [absensi] = await db.read('SELECT id FROM absensi')
  there.user_id = there.user = String(student?.id)
  there.nim = String(student?.nim)
  const callers = [admin.token, (await makeGuru(server, 'X-1', 'XI-1')).token, (await server.signedIn()).access_token]
  const recorder = recordReads(db)
  for (const row of ENDPOINTS.filter(({ method }) => method === 'GET'))
    for (const { query, pair } of queriesOf(row)) {
      there.id = row.path.startsWith('/absensi/admin/') ? String(absensi?.id) : String(student?.id)
      const path = `/api/v1${row.path.replace(/\{(\w+)\}/g, (_, name: string) => there[name] ?? '')}`
      for (const token of pair ? callers.slice(0, 1) : callers) {
        server.clock.now += 4000
        const call = row.who === 'kiosk' ? await signCall(server, kiosk, path, {}) : { token }
        const reply = await server.call(`${path}?${new URLSearchParams(query)}`, call)
        const text = await reply.text()
        if (reply.ok) reached.add(row.path)
        else if (![403, 404].includes(reply.status)) failed.push(`${path}?${new URLSearchParams(query)}: ${text}`)
      }
    }
  recorder.stop()
  asked = [...recorder.asked.values()]
}, 120_000)
afterAll(() => server?.close())

it('reaches every row that reads', () => {
  expect([...new Set(failed)]).toEqual([])
  const rows = ENDPOINTS.filter(({ method }) => method === 'GET').map(({ path }) => path)
  expect(rows.filter((path) => !reached.has(path))).toEqual([])
})

it('reads no table that grows with the school without an index', async () => {
  expect(asked.length).toBeGreaterThan(100)
  const scans: string[] = []
  for (const one of asked) {
    // The newest line of the log: the table itself lies in the order of its key.
    if (/FROM audit_logs ORDER BY seq DESC LIMIT 1$/.test(one.sql)) continue
    const tables = await findScans(server.deps.db, one)
    scans.push(...tables.filter((table) => GROWING.test(table)).map((table) => `${table} <- ${one.sql}`))
  }
  expect(scans).toEqual([])
})

it('finds a scan', async () => {
  const scans = (sql: string) => findScans(server.deps.db, { sql, args: [] })
  expect(await scans('SELECT u.id FROM users u WHERE u.password_temporary = 2')).toEqual(['users'])
  expect(await scans("SELECT id FROM absensi WHERE note = 'x'")).toEqual(['absensi'])
  expect(await scans("SELECT id FROM users WHERE id = '1'")).toEqual([])
})
