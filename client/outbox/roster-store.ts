import type { KioskDatabase, RosterRow } from './kiosk-database.ts'
import { storing } from './storage-problem.ts'

/** Names and NIMs of the kiosk's classes. All throw `StorageProblem`. */
export interface RosterStore {
  /** Null: none was fetched yet. */
  version(): Promise<string | null>
  /** Puts a whole roster in the place of the old one, in one transaction: never half of each. */
  replace(version: string, students: readonly RosterRow[]): Promise<void>
  /** The classes, sorted; students without a class count as ''. */
  kelas(): Promise<string[]>
  /** The students of a class ('' : without one) by name. */
  inKelas(kelas: string): Promise<RosterRow[]>
  /** Whoever has this NIM, in capitals or not: so does the server look for it. */
  find(nim: string): Promise<RosterRow | null>
  count(): Promise<number>
}

const VERSION = 'roster-version'

export function createRosterStore(database: KioskDatabase): RosterStore {
  const { roster, state } = database
  const whole = (work: () => Promise<void>) => storing(() => database.transaction('rw', roster, state, work))
  return {
    version: () =>
      storing(async () => {
        const value = (await state.get(VERSION))?.value
        return typeof value === 'string' ? value : null
      }),
    replace: (version, students) =>
      whole(async () => {
        await roster.clear()
        // An index skips null, so "without a class" is written as ''.
        await roster.bulkPut(students.map((row) => ({ ...row, kelas: row.kelas ?? '' })))
        await state.put({ name: VERSION, value: version })
      }),
    kelas: () => storing(async () => (await roster.orderBy('kelas').uniqueKeys()).map(String)),
    inKelas: (kelas) => storing(async () => (await roster.where('kelas').equals(kelas).sortBy('name')).map(readRow)),
    find: (nim) =>
      storing(async () => {
        const row = await roster.where('nim').equalsIgnoreCase(nim).first()
        return row === undefined ? null : readRow(row)
      }),
    count: () => storing(() => roster.count()),
  }
}

const readRow = ({ kelas, ...row }: RosterRow): RosterRow => ({ ...row, kelas: kelas === '' ? null : kelas })
