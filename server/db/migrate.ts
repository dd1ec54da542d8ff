import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Db } from './open.ts'
import type { Statement } from './write.ts'

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

/** The start stops with this message: the database and the program do not fit. */
export class MigrationProblem extends Error {}

/** The program's own migrations, in order: `migrations/0001-accounts.sql` and on. */
export function bundledMigrations(): Migration[] {
  const files = import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true })
  return Object.entries(files)
    .map(([path, sql]) => {
      const found = /(\d{4})-([a-z0-9-]+)\.sql$/.exec(path)
      if (!found) throw new MigrationProblem(`${path} is not named like 0001-what-it-does.sql`)
      return { number: Number(found[1]), name: `${found[1]}-${found[2]}`, sql }
    })
    .sort((a, b) => a.number - b.number)
}

const recordedRow = z.object({ number: z.number(), name: z.string(), checksum: z.string() })

/**
 * Brings the database to the newest migration, each in one batch with its record, and returns the names it ran.
 * Throws MigrationProblem when a recorded migration was changed or is unknown here, or one would run out of order.
 * @param onlyNew a database that some of them have made already is refused when it needs more: a server may be using it
 */
export async function migrate(
  db: Db,
  migrations: readonly Migration[],
  now: number,
  onlyNew = false,
): Promise<string[]> {
  await db.write([
    {
      sql: `CREATE TABLE IF NOT EXISTS migrations (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, ran_at INTEGER NOT NULL) STRICT`,
    },
  ])
  const recorded = (await db.read('SELECT number, name, checksum FROM migrations ORDER BY number')).map((row) =>
    recordedRow.parse(row),
  )
  const known = new Map(migrations.map((migration) => [migration.number, migration]))
  if (known.size !== migrations.length) throw new MigrationProblem('Two migrations carry the same number.')
  for (const { number, name, checksum } of recorded) {
    const migration = known.get(number)
    if (!migration)
      throw new MigrationProblem(`The database knows migration ${name}, this program does not: update it.`)
    if (checksumOf(migration.sql) !== checksum)
      throw new MigrationProblem(`Migration ${name} was changed after it had run. Put it back and add a new one.`)
  }
  const last = recorded.at(-1)?.number ?? 0
  const done = new Set(recorded.map(({ number }) => number))
  const waiting = migrations.filter(({ number }) => !done.has(number)).sort((a, b) => a.number - b.number)
  if (onlyNew && recorded.length > 0 && waiting.length > 0)
    throw new MigrationProblem(
      'The database is not up to date with this program. Stop the server, start it anew (npm start), then try again.',
    )
  for (const { number, name, sql } of waiting) {
    if (number < last)
      throw new MigrationProblem(
        `Migration ${name} is out of order: number ${last} has run already. Give it a new one.`,
      )
    await db.write([
      ...splitStatements(sql),
      {
        sql: 'INSERT INTO migrations (number, name, checksum, ran_at) VALUES (?, ?, ?, ?)',
        args: [number, name, checksumOf(sql), now],
      },
    ])
  }
  return waiting.map(({ name }) => name)
}

/** Line ends and outer space do not count: a checkout on another system is not a change. */
function checksumOf(sql: string): string {
  return createHash('sha256').update(sql.replace(/\r\n/g, '\n').trim()).digest('hex')
}

/**
 * Cuts a migration into statements: one ends at a line that ends with `;`, and a trigger at its line `END;`.
 * Lines that start with `--` are comments.
 */
export function splitStatements(sql: string): Statement[] {
  const statements: Statement[] = []
  let lines: string[] = []
  for (const line of sql.split(/\r?\n/)) {
    if (/^\s*(--|$)/.test(line)) continue
    lines.push(line)
    const trigger = /^\s*CREATE\s+TRIGGER/i.test(lines[0] ?? '')
    if (trigger ? /^\s*END;\s*$/i.test(line) : /;\s*$/.test(line)) {
      statements.push({ sql: lines.join('\n') })
      lines = []
    }
  }
  if (lines.length > 0) throw new MigrationProblem(`A statement has no end: ${lines[0]}`)
  return statements
}
