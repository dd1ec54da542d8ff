import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bundledMigrations, type Migration, migrate, splitStatements } from './migrate.ts'
import { type Db, openDb } from './open.ts'
import { isConflict, mustChange } from './write.ts'

let folder: string
let url: string
let db: Db

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'absensi-db-'))
  url = `file:${join(folder, 'data', 'absensi.db')}`
  db = await openDb(url)
})

afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

const one: Migration = { number: 1, name: '0001-one', sql: 'CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT) STRICT;\n' }
const put = (id: number, n = 'x') => ({ sql: 'INSERT INTO t (id, n) VALUES (?, ?)', args: [id, n] })

it('is durable, keeps foreign keys and lets the owner alone read the file', async () => {
  const written = await db.write(
    ['synchronous', 'journal_mode', 'foreign_keys'].map((name) => ({ sql: `PRAGMA ${name}` })),
  )
  expect(written.map(({ rows }) => Object.values(rows[0] ?? {}).at(-1))).toEqual([2, 'wal', 1])
  expect(await db.read('PRAGMA synchronous')).toEqual([{ synchronous: 2 }])
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'data', 'absensi.db')).mode & 0o777).toBe(0o600)
})

it('keeps full durability on the connection made after an error', async () => {
  await expect(db.write([{ sql: 'NONSENSE' }])).rejects.toThrow()
  const [pragma] = await db.write([{ sql: 'PRAGMA synchronous' }])
  expect(pragma?.rows[0]).toMatchObject({ synchronous: 2 })
})

it('leaves everything in the one file when it is closed', async () => {
  await migrate(db, [one], 0)
  await db.write([put(1)])
  await db.close()
  copyFileSync(join(folder, 'data', 'absensi.db'), join(folder, 'copy.db'))
  db = await openDb(`file:${join(folder, 'copy.db')}`)
  expect(await db.read('SELECT id FROM t')).toEqual([{ id: 1 }])
})

it('leaves nothing of what was deleted in the file', async () => {
  await migrate(db, [one], 0)
  await db.write([put(1, 'erased-secret'.repeat(500))])
  await db.write([{ sql: 'DELETE FROM t' }])
  await db.close()
  expect(readFileSync(join(folder, 'data', 'absensi.db')).includes('erased-secret')).toBe(false)
  db = await openDb(url)
})

it('does not write through the reading connection', async () => {
  await migrate(db, [one], 0)
  await expect(db.read("INSERT INTO t (id, n) VALUES (1, 'x')")).rejects.toThrow()
})

it('writes a batch as a whole or not at all', async () => {
  await migrate(db, [one], 0)
  await expect(db.write([put(1), put(2), put(1)])).rejects.toSatisfy(isConflict)
  expect(await db.read('SELECT id FROM t')).toEqual([])
})

it("does not let one caller's failure fail another's batch in the same commit", async () => {
  await migrate(db, [one], 0)
  const results = await Promise.allSettled([
    db.write([put(1)]),
    db.write([put(2), put(1)]),
    db.write([put(3)]),
    db.write([{ sql: 'NONSENSE' }]),
    db.write([put(4)]),
  ])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'])
  expect((await db.read('SELECT id FROM t ORDER BY id')).map(({ id }) => id)).toEqual([1, 3, 4])
})

it('gives every caller of a grouped commit its own results', async () => {
  await migrate(db, [one], 0)
  const results = await Promise.all(
    Array.from({ length: 1200 }, (_, id) => db.write([put(id), { sql: 'SELECT n FROM t WHERE id = ?', args: [id] }])),
  )
  expect(results.every((written) => written.length === 2 && written[0]?.rowsAffected === 1)).toBe(true)
  expect(await db.read('SELECT count(*) AS n FROM t')).toEqual([{ n: 1200 }])
})

it('waits for another process that holds the file, and works afterwards', async () => {
  await migrate(db, [one], 0)
  const other = createClient({ url, concurrency: 1 })
  const transaction = await other.transaction('write')
  await transaction.execute(put(1))
  const writing = db.write([put(2)])
  await new Promise((resolve) => setTimeout(resolve, 120))
  await transaction.commit()
  other.close()
  await writing
  await db.write([put(3)])
  expect(await db.read('SELECT count(*) AS n FROM t')).toEqual([{ n: 3 }])
})

it('makes an update a condition of its batch', async () => {
  await migrate(db, [...bundledMigrations().slice(0, 1), { ...one, number: 90 }], 0)
  await db.write([put(1)])
  const spend = { sql: "UPDATE t SET n = 'spent' WHERE id = 1 AND n <> 'spent'" }
  await db.write([spend, mustChange, put(2)])
  await expect(db.write([spend, mustChange, put(3)])).rejects.toSatisfy(isConflict)
  expect((await db.read('SELECT id FROM t ORDER BY id')).map(({ id }) => id)).toEqual([1, 2])
})

it('migrates once, and stops at a changed, an unknown and a late migration', async () => {
  const two = { number: 2, name: '0002-two', sql: 'CREATE TABLE u (id TEXT) STRICT;' }
  const three = { number: 3, name: '0003-three', sql: 'CREATE TABLE v (id TEXT) STRICT;' }
  expect(await migrate(db, [one, three], 0)).toEqual(['0001-one', '0003-three'])
  expect(await migrate(db, [one, three], 0)).toEqual([])
  expect(await migrate(db, [{ ...one, sql: one.sql.replace(/\n/g, '\r\n') }, three], 0)).toEqual([])
  await expect(migrate(db, [{ ...one, sql: `${one.sql}-- changed` }, three], 0)).rejects.toThrow(/0001-one was changed/)
  await expect(migrate(db, [one], 0)).rejects.toThrow(/knows migration 0003-three/)
  await expect(migrate(db, [one, two, three], 0)).rejects.toThrow(/0002-two is out of order/)
})

it('for a tool makes a new database, and refuses one that needs more', async () => {
  const [one, two] = bundledMigrations()
  if (one === undefined || two === undefined) throw new Error('no migrations')
  expect(await migrate(db, [one], 0, true)).toEqual([one.name])
  expect(await migrate(db, [one], 0, true)).toEqual([])
  await expect(migrate(db, [one, two], 0, true)).rejects.toThrow(/not up to date/)
  expect(await migrate(db, [one, two], 0)).toEqual([two.name])
})

it('leaves nothing of a migration that fails half way', async () => {
  const broken = { ...one, sql: 'CREATE TABLE w (id TEXT) STRICT;\nNONSENSE;' }
  await expect(migrate(db, [broken], 0)).rejects.toThrow()
  expect(await db.read("SELECT name FROM sqlite_master WHERE name = 'w'")).toEqual([])
})

it('runs the bundled migrations', async () => {
  expect((await migrate(db, bundledMigrations(), 0)).at(0)).toBe('0001-accounts')
  expect(await db.read('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
})

it('cuts triggers at their END', () => {
  const cut = splitStatements(
    '-- words;\nCREATE TRIGGER a INSERT ON b\nBEGIN\n  SELECT 1;\nEND;\n\nCREATE TABLE c (d);\n',
  )
  expect(cut).toHaveLength(2)
  expect(() => splitStatements('CREATE TABLE c (d)')).toThrow(/no end/)
})
