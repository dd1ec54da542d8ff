import { linkSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type KeyStore, openKeyStore, type WrappedKey } from './store.ts'

let folder: string
let keys: KeyStore
const copyPath = () => join(folder, 'copy.db')
const keyOf = (userId: string): WrappedKey => ({ userId, version: 1, wrapped: new Uint8Array(60).fill(7) })
const open = () => openKeyStore(join(folder, 'keys.db'), copyPath())

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'absensi-keys-'))
  keys = await open()
  for (const id of ['a', 'b', 'c']) await keys.addIfNone(keyOf(id), 0)
})
afterEach(() => {
  keys.close()
  rmSync(folder, { recursive: true, force: true })
})

async function idsInCopy(): Promise<string[]> {
  const copy = await openKeyStore(copyPath())
  const ids = (await copy.all()).map(({ userId }) => userId)
  copy.close()
  return ids.sort()
}

it('has one copy, overwritten: the bytes of the one before are gone', async () => {
  await keys.copy()
  const old = join(folder, 'old-blocks')
  linkSync(copyPath(), old)
  await keys.addIfNone(keyOf('d'), 0)
  await keys.copy()
  expect(await idsInCopy()).toEqual(['a', 'b', 'c', 'd'])
  expect(statSync(copyPath()).mode & 0o777).toBe(0o600)
  expect(readFileSync(old).every((byte) => byte === 0)).toBe(true)
})

it('leaves no destroyed key in the copy, also when both happen at once', async () => {
  await keys.copy()
  await Promise.all([keys.copy(), keys.destroy('a', 'face', 5), keys.copy(), keys.destroy('b', 'account', 6)])
  expect(await idsInCopy()).toEqual(['c'])
  expect(await keys.journal(6)).toEqual([{ userId: 'b', what: 'account', at: 6 }])
  expect((await keys.journal(0)).map(({ userId }) => userId)).toEqual(['a', 'b'])
})

it('finishes an erasure that was cut off before it reached the copy', async () => {
  await keys.copy()
  const alone = await openKeyStore(join(folder, 'keys.db'))
  await alone.destroy('a', 'face', 5)
  alone.close()
  expect(await idsInCopy()).toEqual(['a', 'b', 'c'])
  keys.close()
  keys = await open()
  expect(await idsInCopy()).toEqual(['b', 'c'])
})

it('takes the keys and the journal from the copy when its file was lost', async () => {
  await keys.destroy('a', 'face', 5)
  await keys.addIfNone(keyOf('a'), 9)
  await keys.destroy('b', 'face', 6)
  await keys.copy()
  await keys.destroy('c', 'face', 7)
  keys.close()
  rmSync(join(folder, 'keys.db'))
  keys = await open()
  expect(await idsInCopy()).toEqual(['a'])
  expect((await keys.all()).map(({ userId }) => userId)).toEqual(['a'])
  expect((await keys.journal(0)).map(({ userId }) => userId)).toEqual(['a', 'b', 'c'])
})

it('never empties a copy that was put back beside a file made anew', async () => {
  await keys.copy()
  keys.close()
  rmSync(join(folder, 'keys.db'))
  renameSync(copyPath(), join(folder, 'away.db'))
  keys = await open()
  await keys.destroy('b', 'face', 5)
  renameSync(join(folder, 'away.db'), copyPath())
  await keys.copy()
  expect(await idsInCopy()).toEqual(['a', 'c'])
  expect((await keys.all()).map(({ userId }) => userId).sort()).toEqual(['a', 'c'])
})

it('ends again what was erased since, when an older file is put back, and notes it once', async () => {
  const old = readFileSync(join(folder, 'keys.db'))
  await keys.destroy('a', 'face', 5)
  await keys.copy()
  await keys.addIfNone(keyOf('a'), 6)
  await keys.destroy('a', 'face', 7)
  await keys.destroy('b', 'account', 8)
  keys.close()
  writeFileSync(join(folder, 'keys.db'), old)
  keys = await open()
  expect((await keys.all()).map(({ userId }) => userId)).toEqual(['c'])
  expect(await keys.journal(0)).toEqual([
    { userId: 'a', what: 'face', at: 7 },
    { userId: 'b', what: 'account', at: 8 },
  ])
  await keys.copy()
  expect([await idsInCopy(), (await keys.journal(0)).length]).toEqual([['c'], 2])
})

it('keeps no destroyed key in the copy, also when the clock was set back', async () => {
  await keys.addIfNone(keyOf('d'), 100)
  await keys.copy()
  await keys.destroy('d', 'face', 50)
  expect(await idsInCopy()).toEqual(['a', 'b', 'c'])
})

it('keeps one line of the journal for each kind of erasure of a person, however often it is erased', async () => {
  for (const at of [5, 6, 7]) {
    await keys.addIfNone(keyOf('a'), at)
    await keys.destroy('a', 'face', at)
  }
  await keys.destroy('a', 'account', 8)
  expect(await keys.journal(0)).toEqual([
    { userId: 'a', what: 'face', at: 7 },
    { userId: 'a', what: 'account', at: 8 },
  ])
})

it('goes on beside a copy that cannot be read: an erasure holds, and the next copying puts it away whole', async () => {
  keys.close()
  const damage = Buffer.from('no database '.repeat(1000))
  writeFileSync(copyPath(), damage)
  const told: string[] = []
  keys = await openKeyStore(join(folder, 'keys.db'), copyPath(), (path) => told.push(path))
  await keys.destroy('a', 'face', 5)
  expect((await keys.all()).map(({ userId }) => userId)).toEqual(['b', 'c'])
  expect(readFileSync(copyPath())).toEqual(damage)
  expect([...new Set(told)]).toEqual([copyPath()])
  await keys.copy()
  expect(await idsInCopy()).toEqual(['b', 'c'])
  const [away = ''] = readdirSync(folder).filter((name) => name.startsWith('copy.db.unreadable-'))
  expect(readFileSync(join(folder, away))).toEqual(damage)
  told.length = 0
  await keys.copy()
  expect(told).toEqual([])
})

it('names the file, and what to do, when the keys themselves are damaged', async () => {
  await keys.copy()
  keys.close()
  writeFileSync(join(folder, 'keys.db'), 'no database '.repeat(1000))
  await expect(open()).rejects.toThrow(/keys\.db is damaged\. Move it .* takes keys from .*copy\.db/)
  renameSync(join(folder, 'keys.db'), join(folder, 'away.db'))
  keys = await open()
  expect((await keys.all()).map(({ userId }) => userId)).toEqual(['a', 'b', 'c'])
})
