import { z } from 'zod'
import { type SchoolSettings, schoolSettingsSchema } from '../../shared/contract/settings.ts'
import type { Db } from '../db/open.ts'
import { putSetting, readSetting } from '../db/settings.ts'
import { mustChange, type Statement } from '../db/write.ts'

/** What the school has set, defaults in the place of the rest. */
export async function readSchoolSettings(db: Db): Promise<SchoolSettings> {
  return (await readSetting(db, 'school', schoolSettingsSchema)) ?? schoolSettingsSchema.parse({})
}

const storedRow = z.object({ value: z.string(), updated_at: z.number() })

/** The same, and when they were last changed (ms; null: never). */
export async function readStoredSettings(db: Db): Promise<{ settings: SchoolSettings; updatedAt: number | null }> {
  const [row] = await db.read("SELECT value, updated_at FROM settings WHERE key = 'school'")
  if (row === undefined) return { settings: schoolSettingsSchema.parse({}), updatedAt: null }
  const { value, updated_at } = storedRow.parse(row)
  return { settings: schoolSettingsSchema.parse(JSON.parse(value)), updatedAt: updated_at }
}

/** The statement that stores all settings, whatever is there. */
export function putSchoolSettings(settings: SchoolSettings, now: number): Statement {
  return putSetting('school', settings, now)
}

/** Stores all settings; breaks the batch (`isConflict`) when they were changed since `before` (ms; null: never set). */
export function replaceSchoolSettings(settings: SchoolSettings, before: number | null, now: number): Statement[] {
  const value = JSON.stringify(settings)
  return [
    before === null
      ? { sql: "INSERT INTO settings (key, value, updated_at) VALUES ('school', ?, ?)", args: [value, now] }
      : {
          sql: "UPDATE settings SET value = ?, updated_at = ? WHERE key = 'school' AND updated_at = ?",
          args: [value, now, before],
        },
    mustChange,
  ]
}
