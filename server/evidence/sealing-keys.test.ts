import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompactEncrypt, compactDecrypt, importJWK } from 'jose'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSealingKeys } from './sealing-keys.ts'

const DAY = 86_400_000
let folder: string
let clock = 0
const open = () => openSealingKeys(folder, () => clock)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'absensi-sealing-'))
  clock = 1_000 * DAY
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('makes one key pair, for its owner alone, and finds it again after a start', async () => {
  const [one, two] = await Promise.all([open().current(), open().current()])
  const keys = open()
  const again = await keys.current()
  expect([one.kid, two.kid]).toEqual([again.kid, again.kid])
  expect(statSync(join(folder, 'sealing.json')).mode & 0o777).toBe(0o600)
  const sealed = await new CompactEncrypt(new Uint8Array([1, 2, 3]))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
    .encrypt(await importJWK({ ...again.jwk }, 'ECDH-ES'))
  const key = await keys.find(again.kid)
  expect([...(await compactDecrypt(sealed, key!)).plaintext]).toEqual([1, 2, 3])
})

it('gives one key to all who ask at once', async () => {
  const keys = open()
  const asked = await Promise.all([keys.current(), keys.current(), keys.current()])
  expect(new Set(asked.map(({ kid }) => kid)).size).toBe(1)
})

it('seals with a key for a month, opens with it for three more, then forgets it', async () => {
  const keys = open()
  const first = await keys.current()
  clock += 29 * DAY
  expect((await keys.current()).kid).toBe(first.kid)
  clock += 2 * DAY
  const second = await keys.current()
  expect(second.kid).not.toBe(first.kid)
  expect(await keys.find(first.kid)).not.toBeNull()
  expect(await open().find(first.kid)).not.toBeNull()
  clock += 88 * DAY
  expect(await keys.find(first.kid)).not.toBeNull()
  clock += 2 * DAY
  expect(await keys.find(first.kid)).toBeNull()
  await keys.current()
  expect(await open().find(first.kid)).toBeNull()
  expect(await open().find('unknown')).toBeNull()
})

it('is one ring for two servers on one folder, and survives one that died over it', async () => {
  const [one, two] = [open(), open()]
  const first = await one.current()
  expect((await two.current()).kid).toBe(first.kid)
  clock += 31 * DAY
  writeFileSync(join(folder, 'sealing.json.lock'), '')
  utimesSync(join(folder, 'sealing.json.lock'), 0, 0)
  const second = await two.current()
  for (const keys of [one, two, open()])
    for (const { kid } of [first, second]) {
      expect(await keys.find(kid)).not.toBeNull()
      expect(await keys.publicOf(kid)).not.toBeNull()
    }
  expect(readdirSync(folder)).toEqual(['sealing.json'])
})
