import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openKeyRing } from '../http/keys.ts'
import { type KeyStore, openKeyStore } from './keys/store.ts'
import { type Binding, createVault, type Vault } from './vault.ts'

const OLD = 'an-old-master-secret-of-many-characters'
const NEW = 'a-new-master-secret-of-many-characters!'
const binding: Binding = { kind: 'encoding', userId: 'ani', id: 'e1', form: 'dlib-resnet-v1' }
const plain = new Uint8Array(512).map((_, i) => i)

let folder: string
let file: string
let keys: KeyStore
let vault: Vault
const vaultWith = (secret: string) => createVault(openKeyRing(join(folder, 'keys'), secret), keys, () => 1)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'absensi-vault-'))
  file = join(folder, 'data', 'keys.db')
  keys = await openKeyStore(file)
  vault = vaultWith(`1:${OLD}`)
})
afterEach(() => {
  keys.close()
  rmSync(folder, { recursive: true, force: true })
})

it('opens what it sealed, and seals the same bytes differently each time', async () => {
  const sealed = await vault.seal(binding, plain)
  expect(sealed).toHaveLength(512 + 28)
  expect(await vault.open(binding, sealed)).toEqual(Buffer.from(plain))
  const again = await vault.seal(binding, plain)
  expect(Buffer.from(again).equals(sealed)).toBe(false)
  expect(again.slice(0, 12)).not.toEqual(sealed.slice(0, 12))
})

it('seals many at once, of users with a key and without, as one by one', async () => {
  const before = await vault.seal(binding, plain)
  const items = ['ani', 'budi', 'ani'].map((userId, i) => ({ binding: { ...binding, userId, id: `n${i}` }, plain }))
  const sealed = await vault.sealAll(items)
  for (const [i, item] of items.entries())
    expect(await vault.open(item.binding, sealed[i] ?? new Uint8Array())).toEqual(Buffer.from(plain))
  expect(await vault.open(binding, before)).toEqual(Buffer.from(plain))
  expect(await keys.all()).toHaveLength(2)
  expect(await vault.sealAll([])).toEqual([])
})

it('opens nothing in the place of another user, row, model or kind, and nothing changed or cut', async () => {
  const sealed = await vault.seal(binding, plain)
  await vault.seal({ ...binding, userId: 'budi' }, plain)
  for (const other of [{ userId: 'budi' }, { id: 'e2' }, { form: 'other' }, { kind: 'trace' }] as const)
    expect(await vault.open({ ...binding, ...other }, sealed)).toBeNull()
  for (const at of [0, 12, 300, 539]) {
    const changed = Uint8Array.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await vault.open(binding, changed)).toBeNull()
  }
  expect(await vault.open(binding, sealed.slice(0, 20))).toBeNull()
})

it('opens nothing of a user it never sealed anything for', async () => {
  expect(await vault.open(binding, new Uint8Array(64))).toBeNull()
})

it('lets the owner alone read the key file', () => {
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

it('erases for good: the key is gone from the file itself, and a new key does not open the old', async () => {
  const sealed = await vault.seal(binding, plain)
  const wrapped = Buffer.from((await keys.find('ani'))!.wrapped)
  expect(readFileSync(file).includes(wrapped)).toBe(true)
  await vault.erase('ani')
  expect(readFileSync(file).includes(wrapped)).toBe(false)
  expect(await vault.open(binding, sealed)).toBeNull()
  const anew = await vault.seal(binding, plain)
  expect(await vault.open(binding, anew)).not.toBeNull()
  expect(await vault.open(binding, sealed)).toBeNull()
  expect(await keys.erasures()).toEqual(new Map([['ani', 1]]))
})

it('makes one key when two want a first one at once', async () => {
  const [a, b] = await Promise.all([vault.seal(binding, plain), vault.seal({ ...binding, id: 'e2' }, plain)])
  expect(await vault.open(binding, a)).not.toBeNull()
  expect(await vault.open({ ...binding, id: 'e2' }, b)).not.toBeNull()
})

it('re-wraps every key when the master key is rotated, after which the old master is not needed', async () => {
  const sealed = await vault.seal(binding, plain)
  await vault.seal({ ...binding, userId: 'budi' }, plain)
  const both = vaultWith(`2:${NEW},1:${OLD}`)
  expect(await both.open(binding, sealed)).not.toBeNull()
  expect(await both.rewrap()).toBe(2)
  expect(await both.rewrap()).toBe(0)
  expect(await vaultWith(`2:${NEW}`).open(binding, sealed)).toEqual(Buffer.from(plain))
  expect(await vault.open(binding, sealed)).toBeNull()
  await expect(vault.seal(binding, plain)).rejects.toThrow(/key ring/)
})
