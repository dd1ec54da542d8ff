import type { TestServer } from '../../server/test/test-server.ts'
import { ENDPOINTS } from '../../shared/contract/api/all.ts'
import { isFile } from '../../shared/contract/endpoint.ts'

/** One call to be measured. */
export interface Asked {
  readonly name: string
  /** With its query. */
  readonly path: string
  readonly token?: string
  /** The answer may be remembered: asked when what is remembered is too old. */
  readonly cold: boolean
}

/** Further ways to ask a route than with nothing: by path, queries. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  '/absensi/admin/statistics': ['from=2026-06-01', 'from=2026-06-01&kelas=XI-3'],
  '/absensi/admin/daily-report': ['date=2026-11-05', 'kelas=X-2'],
  '/admin/report': ['from=2026-06-01', 'from=2026-06-01&by=kelas', 'from=2026-06-01&flagged=true'],
}
/** Files that are measured whole. */
const FILES = [
  '/absensi/admin/export?from=2026-11-05&until=2026-11-05',
  '/absensi/admin/export?from=2026-11-05&until=2026-11-05&format=xlsx',
]
const COLD = ['/admin/dashboard', '/admin/statistics']

/**
 * Every GET route that answers JSON to staff, to a signed-in user or to anybody, as an admin asks it and, where it is the
 * staff's, as a guru with two classes; the health route (a SELECT 1) before all.
 */
export async function listAsked(server: TestServer): Promise<Asked[]> {
  await server.deps.db.write([
    {
      sql: "INSERT INTO settings (key, value, updated_at) VALUES ('school', ?, 0)",
      args: [JSON.stringify({ public_privacy: 'open' })],
    },
  ])
  const admin = (await server.signedIn({ role: 'admin', kelas: null })).access_token
  const guru = await server.signedIn({ role: 'guru', kelas: null })
  await server.deps.db.write(
    ['X-1', 'XI-1'].map((kelas) => ({ sql: 'INSERT INTO guru_kelas VALUES (?, ?)', args: [guru.user.id, kelas] })),
  )
  const [student] = await server.deps.db.read("SELECT id, nim FROM users WHERE role = 'user' LIMIT 1 OFFSET 30")
  const fill = (path: string) =>
    `/api/v1${path.replace('{nim}', String(student?.nim)).replace(/\{(user_)?id\}/, String(student?.id))}`
  const asked: Asked[] = [{ name: '/health', path: '/api/v1/health', cold: false }]
  for (const { method, path, who, reply } of ENDPOINTS) {
    if (method !== 'GET' || isFile(reply) || who === 'kiosk' || path === '/health') continue
    const cold = COLD.includes(path)
    for (const query of ['', ...(QUERIES[path] ?? [])]) {
      const wanted = `${path}${query === '' ? '' : `?${query}`}`
      const token = who === 'anyone' ? {} : { token: admin }
      const one = { name: wanted, path: fill(wanted), ...token, cold }
      if (!(await server.call(one.path, token)).ok) {
        console.log(`left out, it wants more than this: ${wanted}`)
        continue
      }
      asked.push(one)
      if (who === 'staff') asked.push({ ...one, name: `${wanted} (guru)`, token: guru.access_token })
      if (cold) asked.push({ ...one, name: `${wanted} (remembered)`, cold: false })
    }
  }
  const files = FILES.map((path) => ({ name: path, path: `/api/v1${path}`, token: admin, cold: false }))
  return [...asked, ...files]
}
