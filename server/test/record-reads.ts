import type { InArgs } from '@libsql/client'
import type { Db } from '../db/open.ts'

/** A statement as it was put to the database. */
export interface Asked {
  readonly sql: string
  readonly args: InArgs
}

/** Notes every SELECT from now on, each text once; `stop` puts the database back as it was. */
export function recordReads(db: Db): { readonly asked: ReadonlyMap<string, Asked>; stop(): void } {
  const asked = new Map<string, Asked>()
  const { read } = db
  db.read = (sql, args = []) => {
    if (!asked.has(sql)) asked.set(sql, { sql, args })
    return read(sql, args)
  }
  return {
    asked,
    stop: () => {
      db.read = read
    },
  }
}

/** The tables a statement reads from end to end without an index, by the plan SQLite makes for it. */
export async function findScans(db: Db, { sql, args }: Asked): Promise<string[]> {
  const plan = await db.read(`EXPLAIN QUERY PLAN ${sql}`, args)
  const aliases = new Map(
    [...sql.matchAll(/\b(?:FROM|JOIN|,)\s+(\w+)(?:\s+AS)?\s+(\w+)/gi)].map(([, table = '', alias = '']) => [
      alias,
      table,
    ]),
  )
  return plan.flatMap(({ detail }) => {
    const [, name] = /^SCAN (\w+)$/.exec(String(detail)) ?? []
    return name === undefined ? [] : [aliases.get(name) ?? name]
  })
}
