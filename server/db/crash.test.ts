import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDb } from './open.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'absensi-crash-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Starts the writer, kills it (SIGKILL) after `rows` answered writes, and returns every id it was answered. */
function writeUntilKilled(url: string, rows: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL('../test/crash-writer.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', script, url], { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      if (out.split('\n').length > rows) child.kill('SIGKILL')
    })
    child.on('error', reject)
    // The last line may be cut off: only whole ones were surely said.
    child.on('close', (_code, signal) =>
      signal === 'SIGKILL' ? resolve(out.split('\n').slice(0, -1)) : reject(new Error('the writer ended by itself')),
    )
  })
}

it('opens clean after kill -9 at any moment, with every answered write in it', async () => {
  const url = `file:${join(folder, 'a.db')}`
  const answered: string[] = []
  for (const rows of [1, 40, 313]) {
    answered.push(...(await writeUntilKilled(url, rows)))
    const db = await openDb(url)
    expect(await db.read('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    const there = new Set((await db.read('SELECT id FROM crash')).map(({ id }) => id))
    expect(answered.filter((id) => !there.has(id))).toEqual([])
    const halves = [...there].filter((id) => !there.has(String(id).replace(/(-pair)?$/, (end) => (end ? '' : '-pair'))))
    expect(halves).toEqual([])
    await db.close()
  }
  expect(answered.length).toBeGreaterThanOrEqual(354)
}, 60_000)
