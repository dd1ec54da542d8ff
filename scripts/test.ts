import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ChromiumProblem, findChromium } from './chromium.ts'
import { addUp, type Count, countCheck, countRun } from './test-count.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)

/** The program a package of ours installs, run by this very Node. */
function programOf(name: string, program = name): string {
  const path = require.resolve(`${name}/package.json`)
  const { bin } = JSON.parse(readFileSync(path, 'utf8')) as { bin: string | Record<string, string> }
  return join(dirname(path), typeof bin === 'string' ? bin : (bin[program] ?? ''))
}

/** Runs a program with the terminal as its own. @returns its exit code; 1 when a signal ended it */
function run(file: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: ROOT, stdio: 'inherit' })
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

const folder = mkdtempSync(join(tmpdir(), 'absensi-test-'))

async function check(title: string, file: string, args: readonly string[]): Promise<Count> {
  console.log(`\n== ${title}`)
  return countCheck(title, await run(file, args))
}

async function test(title: string, project: string, ...more: string[]): Promise<Count> {
  console.log(`\n== ${title}`)
  const report = join(folder, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const exitCode = await run(programOf('vitest'), ['run', '--project', project, ...reporters, ...more])
  try {
    return countRun(readFileSync(report, 'utf8'), exitCode)
  } catch {
    return countRun(null, exitCode)
  }
}

async function runAll(long: boolean): Promise<Count> {
  const tsx = programOf('tsx')
  const counts = [
    await check('Networks', tsx, ['models/assemble.ts']),
    await check('Format and lint', programOf('@biomejs/biome', 'biome'), ['ci', '.']),
    await check('Types', programOf('typescript', 'tsc'), ['-b']),
    await check('Build', tsx, ['scripts/build.ts']),
    await test('Unit and API tests', 'unit', '--coverage'),
    await test('Screens', 'screens'),
    await test('Browser tests with a camera', 'browser'),
  ]
  if (long) counts.push(await test('Long tests', 'long', '--passWithNoTests'))
  return addUp(counts)
}

try {
  findChromium()
  const { passed, failed, failures } = await runAll(process.argv.includes('--long'))
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((one) => `  ${one}`).join('\n')}`)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
} catch (error) {
  if (!(error instanceof ChromiumProblem)) throw error
  console.error(error.message)
  console.log('\n0 passed, 1 failed')
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
