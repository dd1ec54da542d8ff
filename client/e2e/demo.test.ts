import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { verdictSchema } from '../../shared/contract/liveness.ts'
import { type Folder, makeFolder } from './harness/folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const TSX = ['--import', 'tsx']

const resultSchema = z.object({
  enrolled: z.boolean(),
  receipt: z.union([
    z.strictObject({ status: z.string(), grade: z.string(), duplicate: z.boolean() }),
    z.strictObject({ code: z.string() }),
  ]),
  verdict: verdictSchema.nullable(),
  stages: z.record(z.string(), z.number().int().nonnegative()),
})

/** The demo has this for its temporary folder, so that whatever it leaves is found. */
let folder: Folder
beforeEach(async () => {
  folder = await makeFolder('demo-test-')
})
afterEach(() => folder.remove())

interface Run {
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }>
  /** Resolves when the demo has printed this. */
  said(text: string): Promise<void>
}

function runDemo(...args: string[]): Run {
  const env = { ...process.env, TMPDIR: folder.path }
  const child = spawn(process.execPath, [...TSX, 'scripts/demo.ts', ...args], { cwd: root, env })
  let [output, errors] = ['', '']
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      child.stdout.on('data', () => output.includes(text) && resolve())
      child.once('exit', () => reject(new Error(`ended before "${text}": ${output}${errors}`)))
    })
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const ended = new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, output, errors }))
  })
  return { child, ended, said }
}

/** What is left in the temporary folder (but tsx's own cache), and processes that work there. */
function leftovers(): string[] {
  const files = readdirSync(folder.path).filter((name) => !name.startsWith('tsx-'))
  const processes = readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(join('/proc', pid, 'cmdline'), 'utf8').includes(folder.path)
    } catch {
      return false
    }
  })
  return [...files, ...processes]
}

it('without a camera: a puppet enrols and checks in, recorded; nothing is left', async () => {
  const { code, output } = await runDemo('--json').ended
  const result = resultSchema.parse(JSON.parse(output.trimEnd().split('\n').at(-1) ?? ''))
  expect(result).toMatchObject({ enrolled: true, receipt: { grade: 'verified' }, verdict: { result: 'live' } })
  expect(result.verdict?.signals.challenges?.value).toBeGreaterThanOrEqual(2)
  expect(result.verdict?.signals.acted?.value).toBe(result.verdict?.signals.challenges?.value)
  expect(Object.keys(result.stages).filter((name) => name.startsWith('check-in: asking'))).not.toEqual([])
  expect(output).toMatch(/^ +\d+ ms {2}enrol: shooting pose-left$/m)
  expect(output).toMatch(/^Recorded: (hadir|terlambat), verified$/m)
  expect(code).toBe(0)
  expect(leftovers()).toEqual([])
})

it('ended by Ctrl-C in the middle: no process, no folder is left', async () => {
  const demo = runDemo()
  await demo.said('account activated')
  demo.child.kill('SIGINT')
  const { code } = await demo.ended
  expect(code).toBe(130)
  expect(leftovers()).toEqual([])
})

it('says what is wrong with what was typed, and ends with 1', async () => {
  const { code, errors } = await runDemo('--enrol', 'nowhere.mjpeg').ended
  expect(errors).toMatch(/^--enrol: no such file: nowhere\.mjpeg\nnpm run demo/)
  expect(code).toBe(1)
})
