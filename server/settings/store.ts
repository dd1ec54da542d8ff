import { type SchoolSettings, schoolSettingsSchema } from '../../shared/contract/settings.ts'
import type { Db } from '../db/open.ts'
import { putSetting, readSetting } from '../db/settings.ts'
import type { Statement } from '../db/write.ts'

/** What the school has set, defaults in the place of the rest. */
export async function readSchoolSettings(db: Db): Promise<SchoolSettings> {
  return (await readSetting(db, 'school', schoolSettingsSchema)) ?? schoolSettingsSchema.parse({})
}

/** The statement that stores all settings. */
export function putSchoolSettings(settings: SchoolSettings, now: number): Statement {
  return putSetting('school', settings, now)
}
