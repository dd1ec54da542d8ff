import type { SchoolSettings } from '../../shared/contract/settings.ts'
import { trustedList } from '../http/address.ts'

/** What a caller of the public routes may see of people: nothing, masked names, everything. */
export type Sight = 'nothing' | 'masked' | 'everything'

/**
 * The one place that decides it. `masked` is for callers inside the school's networks; a paired display's proof, which
 * says as much, belongs here too.
 */
export function sightOf(settings: SchoolSettings, caller: { readonly address: string }): Sight {
  if (settings.public_privacy === 'open') return 'everything'
  if (settings.public_privacy === 'masked' && trustedList(settings.school_networks)(caller.address)) return 'masked'
  return 'nothing'
}

/** The first letter of each word: "Siti Rahma" is "S*** R***". */
export function maskName(name: string): string {
  return name
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => `${[...word][0]}***`)
    .join(' ')
}
