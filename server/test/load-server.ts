import { join } from 'node:path'
import { runnerImport } from 'vite'

/**
 * The real application behind a real socket, with cheap password hashing and raised budgets, in a process that can be
 * killed: `load-server.ts FOLDER STUDENTS`. Adds the students that are not there yet, prints `{port, codes}` on one line.
 */
const [folder = '', students = '0'] = process.argv.slice(2)

const load = async <T>(file: string): Promise<T> =>
  (await runnerImport<T>(new URL(file, import.meta.url).pathname, { logLevel: 'error' })).module
const { openServer } = await load<typeof import('../open-server.ts')>('../open-server.ts')
const { createPasswords } = await load<typeof import('../auth/password.ts')>('../auth/password.ts')
const { addUser } = await load<typeof import('../users/add.ts')>('../users/add.ts')
const { readConfig } = await load<typeof import('../config.ts')>('../config.ts')
const { createLog } = await load<typeof import('../http/log.ts')>('../http/log.ts')
const { listen } = await load<typeof import('../http/listen.ts')>('../http/listen.ts')

const now = () => Date.now()
const { app, deps } = await openServer(
  readConfig({ STORAGE_PATH: join(folder, 'data'), KEYS_PATH: join(folder, 'keys') }),
  {
    log: createLog('error', now, (line) => process.stderr.write(`${line}\n`)),
    now,
    passwords: createPasswords(4),
    clientFolder: join(folder, 'client'),
    tls: false,
    limitFactor: 1000,
  },
)
const codes: string[] = []
for (let i = 0; i < Number(students); i += 1) {
  const added = await addUser(deps, {
    nim: `beban-${i}`,
    name: `Siswa ${i}`,
    role: 'user',
    kelas: `X-${i % 4}`,
    accommodation: { poses: 'guided', slow: false },
  })
  if (added.kind === 'added') codes.push(added.code)
}
const { port } = await listen(app, { host: '127.0.0.1', port: 0, tls: undefined })
process.stdout.write(`${JSON.stringify({ port, codes })}\n`)
