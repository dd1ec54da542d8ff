import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ensureBuilt } from '../../../scripts/build.ts'
import { makeFolder } from './folder.ts'

const run = promisify(execFile)
const dist = (name: string) => fileURLToPath(new URL(`../../../dist/server/${name}.js`, import.meta.url))
/** A server that has not said its address by then will not, ms. */
const START_LIMIT_MS = 30_000
const END_LIMIT_MS = 10_000

/** A student as the school adds her. */
export interface NewStudent {
  readonly nim: string
  readonly name: string
  readonly kelas?: string
  /** Her accommodation: the kinds of challenge left, and whether poses are asked. */
  readonly challenges?: readonly string[]
  readonly poses?: 'any'
  /** Somebody of the staff instead. */
  readonly role?: 'guru' | 'admin'
}

/** The product's server, built, in a process and folders of its own. */
export interface BuiltServer {
  readonly origin: string
  /** Its database's address (`file:...`), for who lays hands on it while the server is cut. */
  readonly database: string
  /** Everything the process wrote, for what must not be in it. */
  readonly output: () => string
  /** Adds a student by the command the school uses. @returns her activation code */
  addStudent(student: NewStudent): Promise<string>
  /** The first admin and her one-time password. */
  firstAdmin(): Promise<{ nim: string; code: string }>
  /** Ends the process and keeps its folders. */
  cut(): Promise<void>
  /** The same as a power cut does it. */
  kill(): Promise<void>
  /** Starts it again on the same port and folders. */
  restart(): Promise<void>
  /** Ends the process and removes its folders. */
  stop(): Promise<void>
}

/** The first `http://...` a process prints, or an error with what it wrote instead. */
function readAddress(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const give = (why: string) => reject(new Error(`the server did not start (${why}): ${output()}`))
    const late = setTimeout(() => give('time is over'), START_LIMIT_MS)
    child.once('exit', (code) => give(`exit ${code}`))
    child.stdout?.on('data', () => {
      const address = /http:\/\/[^\s]+/.exec(output())?.[0]
      if (!address) return
      clearTimeout(late)
      child.removeAllListeners('exit')
      resolve(address)
    })
  })
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS)
    child.once('exit', () => {
      clearTimeout(force)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

/** Only what a process needs of ours: no setting of the machine's own school gets into a test. */
function environment(folder: string, profile: 'lab' | 'school'): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: '0',
    STORAGE_PATH: join(folder, 'data'),
    KEYS_PATH: join(folder, 'keys'),
    LIVENESS_PROFILE: profile,
  }
}

/**
 * Starts a fresh server on a free port with throw-away folders; builds it first if need be.
 * @param profile `lab` reports injection signs without acting on them, so that a puppet may be the camera
 * @param tell gets the lines of a build that takes place
 * @param school a made-up one to begin with: students, and days of attendance; nobody in it has a face
 */
export async function startBuiltServer({
  profile = 'lab',
  tell = () => {},
  school,
}: {
  profile?: 'lab' | 'school'
  tell?: (line: string) => void
  school?: { readonly students: number; readonly days: number }
} = {}): Promise<BuiltServer> {
  await ensureBuilt(tell)
  const folder = await makeFolder('absensi-')
  const env = environment(folder.path, profile)
  if (school) {
    const [students, days] = [String(school.students), String(school.days)]
    await run(process.execPath, [dist('seed'), '--students', students, '--days', days, '--no-faces'], { env })
  }
  // A group of its own: Ctrl-C at the terminal is ours to pass on, once.
  let written = ''
  const launch = (settings: NodeJS.ProcessEnv): ChildProcess => {
    const started = spawn(process.execPath, [dist('main')], {
      env: settings,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (chunk: Buffer) => {
        written += chunk.toString()
      })
    return started
  }
  let child = launch(env)
  const atExit = () => child.kill('SIGKILL')
  process.once('exit', atExit)
  const stop = async () => {
    await end(child)
    process.off('exit', atExit)
    await folder.remove()
  }
  try {
    const origin = await readAddress(child, () => written)
    return {
      origin,
      database: `file:${join(folder.path, 'data', 'absensi.db')}`,
      output: () => written,
      stop,
      cut: () => end(child),
      kill: () => new Promise((resolve) => child.once('exit', () => resolve()).kill('SIGKILL')),
      async restart() {
        const before = written
        child = launch({ ...env, PORT: new URL(origin).port })
        await readAddress(child, () => written.slice(before.length))
      },
      async firstAdmin() {
        const text = await readFile(join(folder.path, 'data', 'first-admin.txt'), 'utf8')
        const [, nim, code] = /NIM (\S+), one-time password (\S+)/.exec(text) ?? []
        if (!nim || !code) throw new Error('the server left no password for the first admin')
        return { nim, code }
      },
      async addStudent({ nim, name, kelas = 'X-1', challenges, poses, role }) {
        const args = ['--nim', nim, '--name', name, '--kelas', kelas]
        if (challenges) args.push('--challenges', challenges.join(','))
        if (role) args.push('--role', role)
        if (poses) args.push('--poses', poses)
        const { stdout } = await run(process.execPath, [dist('user-add'), ...args], { env })
        const code = /:\s*(\S+)\s*$/.exec(stdout.trim())?.[1]
        if (!code) throw new Error('user:add printed no activation code')
        return code
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
