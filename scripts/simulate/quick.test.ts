import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDb } from '../../server/db/open.ts'
import { beQuick } from './quick.ts'
import { runSimulation } from './run.ts'

function quickly(): void {
  const quick = beQuick()
  onTestFinished(quick.end)
}

const { subtle } = globalThis.crypto
const text = new TextEncoder().encode('an event')
const HMAC = { name: 'HMAC', hash: 'SHA-256' }
const ECDSA = { name: 'ECDSA', hash: 'SHA-256' }
const makeEcdsa = () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])

it('goes the same way as without it', { timeout: 120_000 }, async () => {
  const options = { days: 1, seed: 'quick', kiosks: 1, realShare: 0.05, deduplicate: true, heedRevocation: true }
  const lines: string[] = []
  const report = await runSimulation(options, (line) => lines.push(line))
  quickly()
  const again: string[] = []
  expect(await runSimulation(options, (line) => again.push(line))).toEqual(report)
  expect(again).toEqual(lines)
  expect(report.events).toBeGreaterThanOrEqual(40)
})

it('signs what Web Crypto takes, and refuses what it refuses', async () => {
  const hmac = (await subtle.generateKey(HMAC, true, ['sign', 'verify'])) as CryptoKey
  const { privateKey, publicKey } = await makeEcdsa()
  const other = await makeEcdsa()
  const slow = [await subtle.sign(HMAC, hmac, text), await subtle.sign(ECDSA, privateKey, text)] as const
  const quick = beQuick()
  try {
    const signed = [await subtle.sign('HMAC', hmac, text), await subtle.sign(ECDSA, privateKey, text)] as const
    expect(Buffer.from(signed[0])).toEqual(Buffer.from(slow[0]))
    expect(await subtle.verify('HMAC', hmac, slow[0], text)).toBe(true)
    expect(await subtle.verify(ECDSA, publicKey, slow[1], text)).toBe(true)
    expect(await subtle.verify(ECDSA, other.publicKey, slow[1], text)).toBe(false)
    expect(await subtle.verify('HMAC', hmac, slow[0].slice(1), text)).toBe(false)
    expect(await subtle.verify('HMAC', hmac, slow[0], text.slice(1))).toBe(false)
    await expect(subtle.sign(ECDSA, publicKey, text)).rejects.toThrow()
    await expect(subtle.verify(ECDSA, privateKey, slow[1], text)).rejects.toThrow()
    quick.end()
    expect(await subtle.verify(HMAC, hmac, signed[0], text)).toBe(true)
    expect(await subtle.verify(ECDSA, publicKey, signed[1], text)).toBe(true)
  } finally {
    quick.end()
  }
})

it('reads what is there now, from statements it kept, also after the table changed', async () => {
  quickly()
  const folder = mkdtempSync(join(tmpdir(), 'absensi-quick-'))
  const db = await openDb(`file:${folder}/quick.db`)
  onTestFinished(async () => {
    await db.close()
    rmSync(folder, { recursive: true })
  })
  await db.write([{ sql: 'CREATE TABLE one (id INTEGER PRIMARY KEY, name TEXT UNIQUE)' }])
  const add = (name: string) => db.write([{ sql: 'INSERT INTO one (name) VALUES (?)', args: [name] }])
  const read = () => db.read('SELECT name FROM one WHERE id >= ? ORDER BY id', [1])
  expect(await read()).toEqual([])
  await add('a')
  expect(await read()).toEqual([{ name: 'a' }])
  await expect(add('a')).rejects.toThrow(/UNIQUE/)
  await add('b')
  expect(await read()).toEqual([{ name: 'a' }, { name: 'b' }])
  await db.write([{ sql: 'ALTER TABLE one ADD COLUMN more TEXT' }])
  await add('c')
  expect(await read()).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }])
})
