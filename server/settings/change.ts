import { isSensitiveSetting, type SchoolSettings, schoolSettingsSchema } from '../../shared/contract/settings.ts'
import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import type { By } from '../http/by.ts'
import { refuse } from '../http/problem.ts'
import { parseInput } from '../http/validate.ts'
import { readStoredSettings, replaceSchoolSettings } from './store.ts'

type Tree = Readonly<Record<string, unknown>>

/**
 * Changes the settings that are named; the rest stays. The audit line names what changed, not to what.
 * `demand` refuses unless the password was given again: asked where a sensitive setting changes. Refuses with bad_request
 * (a wrong value, an unknown name) and conflict (changed since `updated_at`, ISO 8601, was read).
 */
export async function changeSettings(
  { db, audit, now }: Deps,
  by: By,
  { settings: wanted, updated_at }: { settings: Tree; updated_at: string | null },
  demand: () => Promise<void>,
): Promise<void> {
  const { settings: before, updatedAt } = await readStoredSettings(db)
  if (updatedAt !== (updated_at === null ? null : Date.parse(updated_at))) refuse('conflict', CHANGED)
  const after = parseInput(schoolSettingsSchema, merge(before, wanted))
  const keys = changedKeys(before, after)
  if (keys.length === 0) return
  if (keys.some(isSensitiveSetting)) await demand()
  try {
    // Later than the change before, also within one millisecond: the time is what tells two versions apart.
    await audit.write(replaceSchoolSettings(after, updatedAt, Math.max(now(), (updatedAt ?? 0) + 1)), {
      userId: by.userId,
      action: 'change_settings',
      entityType: 'settings',
      details: { keys: keys.join(',') },
      ipAddress: by.ipAddress,
    })
  } catch (error) {
    if (isConflict(error)) refuse('conflict', CHANGED)
    throw error
  }
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

function merge(before: Tree, wanted: Tree): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...before }
  for (const [key, value] of Object.entries(wanted)) {
    const old = Object.hasOwn(before, key) ? before[key] : undefined
    merged[key] = isTree(old) && isTree(value) ? merge(old, value) : value
  }
  return merged
}

function changedKeys(before: SchoolSettings | Tree, after: SchoolSettings | Tree, path = ''): string[] {
  const [old, fresh]: [Tree, Tree] = [before, after]
  return Object.keys(fresh).flatMap((key) => {
    const [a, b] = [old[key], fresh[key]]
    if (isTree(a) && isTree(b)) return changedKeys(a, b, `${path}${key}.`)
    return JSON.stringify(a) === JSON.stringify(b) ? [] : [`${path}${key}`]
  })
}

const CHANGED = {
  detail: {
    id: 'Pengaturan sudah diubah orang lain. Muat ulang lalu coba lagi.',
    en: 'Somebody else has changed the settings. Reload and try again.',
  },
}
