import { schoolSettingsSchema } from '../../../../shared/contract/settings.ts'
import { type Draft, type Edits, fromEdits, networksOf, PATHS, type Path, type Value } from './fields.ts'

/** What is wrong with a field; of the networks, with which line. */
export interface Wrong {
  readonly path: Path
  readonly line: number | null
}

const isSame = (a: Value, b: Value) => JSON.stringify(a) === JSON.stringify(b)

/** The edits that differ from what is in force. */
export function changesOf(base: Draft, edits: Edits): Edits {
  const changed = PATHS.flatMap((path) => {
    const value = edits[path]
    return value === undefined || isSame(value, base[path]) ? [] : [[path, value] as const]
  })
  return Object.fromEntries(changed)
}

/** Fields the contract would not take, once each. */
export function findWrong(draft: Draft): Wrong[] {
  const parsed = schoolSettingsSchema.safeParse(fromEdits(draft))
  return parsed.success
    ? []
    : placeWrong(
        parsed.error.issues.map(({ path }) => path.join('.')),
        draft,
      )
}

/** Paths of a refusal as fields of the form: `school_networks.1` is a line of its field. */
export function placeWrong(paths: readonly string[], draft: Draft): Wrong[] {
  const found = new Map<Path, Wrong>()
  for (const told of paths) {
    const path = PATHS.find((one) => told === one || told.startsWith(`${one}.`))
    if (path === undefined || found.has(path)) continue
    const place = path === 'school_networks' ? networksOf(String(draft[path]))[Number(told.split('.')[1])] : undefined
    found.set(path, { path, line: place?.line ?? null })
  }
  return [...found.values()]
}
