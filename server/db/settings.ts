import type { z } from 'zod'
import type { Db } from './open.ts'
import type { Statement } from './write.ts'

/** A setting (JSON in the database) parsed by its schema; null when it was never set. Throws when it does not parse. */
export async function readSetting<Schema extends z.ZodType>(
  db: Db,
  key: string,
  schema: Schema,
): Promise<z.output<Schema> | null> {
  const [row] = await db.read('SELECT value FROM settings WHERE key = ?', [key])
  return typeof row?.value === 'string' ? schema.parse(JSON.parse(row.value)) : null
}

/** The statement that sets a setting. */
export function putSetting(key: string, value: z.core.util.JSONType, now: number): Statement {
  return {
    sql: `INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    args: [key, JSON.stringify(value), now],
  }
}
