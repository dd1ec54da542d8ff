import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bundledMigrations, migrate } from '../db/migrate.ts'
import { type Db, openDb } from '../db/open.ts'
import { putSetting } from '../db/settings.ts'
import { isConflict } from '../db/write.ts'
import { openKeyRing } from '../http/keys.ts'
import { type Audit, type AuditEntry, createAudit } from './audit.ts'
import { readLines } from './store.ts'
import { checkChain } from './verify.ts'

let folder: string
let db: Db
let audit: Audit
const entry: AuditEntry = { userId: 'u', action: 'act', entityType: 'thing', details: { n: 1 }, ipAddress: '192.0.2.1' }
const ring = () => openKeyRing(join(folder, 'keys'))

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'absensi-audit-'))
  db = await openDb(`file:${join(folder, 'a.db')}`)
  await migrate(db, bundledMigrations(), 0)
  audit = createAudit(db, ring(), () => 1000)
})

afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

it('writes the act and its line together, or neither', async () => {
  const [written] = await audit.write([putSetting('a', 1, 0)], entry)
  expect(written?.rowsAffected).toBe(1)
  await expect(
    audit.write([putSetting('b', 1, 0), { sql: "INSERT INTO settings VALUES ('b', '1', 0)" }], entry),
  ).rejects.toSatisfy(isConflict)
  expect(await db.read('SELECT key FROM settings')).toEqual([{ key: 'a' }])
  expect(await readLines(db, 0, 10)).toHaveLength(1)
})

it('chains acts that come at once, leaving out the ones that fail', async () => {
  await audit.write([{ sql: "INSERT INTO settings VALUES ('taken', '1', 0)" }], entry)
  const results = await Promise.allSettled(
    Array.from({ length: 30 }, (_, i) =>
      audit.write(
        [{ sql: 'INSERT INTO settings VALUES (?, ?, 0)', args: [i % 10 === 9 ? 'taken' : `k${i}`, '1'] }],
        entry,
      ),
    ),
  )
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(3)
  expect(await readLines(db, 0, 100)).toHaveLength(28)
  expect(await checkChain(db, ring())).toEqual({ lines: 28, brokenAt: null })
})

it('lets two processes write at the same time', async () => {
  const other = await openDb(`file:${join(folder, 'a.db')}`)
  const broken: number[] = []
  audit = createAudit(
    db,
    ring(),
    () => 1000,
    (line) => broken.push(line),
  )
  const theirs = createAudit(
    other,
    ring(),
    () => 1000,
    (line) => broken.push(line),
  )
  await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? audit : theirs).write([], entry)))
  await other.close()
  expect(await checkChain(db, ring())).toEqual({ lines: 20, brokenAt: null })
  expect(broken).toEqual([])
})

it('notices a changed, a dropped and a foreign line', async () => {
  for (let i = 0; i < 5; i++) await audit.write([], { ...entry, entityId: `${i}` })
  const tamper = async (sql: string, broken: number) => {
    const before = await db.read('SELECT * FROM audit_logs WHERE seq = 3')
    await db.write([{ sql }])
    expect((await checkChain(db, ring())).brokenAt).toBe(broken)
    const columns = Object.keys(before[0] ?? {})
    await db.write([
      {
        sql: `INSERT OR REPLACE INTO audit_logs (${columns}) VALUES (${columns.map(() => '?')})`,
        args: Object.values(before[0] ?? {}) as (string | number | null)[],
      },
    ])
    expect((await checkChain(db, ring())).brokenAt).toBeNull()
  }
  await tamper("UPDATE audit_logs SET action = 'other' WHERE seq = 3", 3)
  await tamper("UPDATE audit_logs SET details = '{}' WHERE seq = 3", 3)
  await tamper('DELETE FROM audit_logs WHERE seq = 3', 4)
  const foreign = openKeyRing(join(folder, 'other-keys'))
  expect((await checkChain(db, foreign)).brokenAt).toBe(1)
})

it('stays whole when details are erased', async () => {
  await audit.write([], entry)
  await db.write([{ sql: 'UPDATE audit_logs SET details = NULL, details_salt = NULL, ip_address = NULL' }])
  expect(await checkChain(db, ring())).toEqual({ lines: 1, brokenAt: null })
})
