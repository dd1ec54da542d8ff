import { instantOnWall, readWallClock } from '../../shared/attendance/zone.ts'
import type { FaceModel } from '../../shared/face/model.ts'
import type { Audit } from '../audit/audit.ts'
import type { Db } from '../db/open.ts'
import type { Vault } from '../gallery/vault.ts'
import { attendTerm } from './attend.ts'
import { sealFaces } from './faces.ts'
import { ID_PREFIX, planPeople, type SeedStudent } from './people.ts'
import { createDice, type Dice } from './random.ts'
import {
  type AttendanceRow,
  hasStudents,
  type IzinRow,
  insertAttendances,
  insertCalendar,
  insertClosings,
  insertEncodings,
  insertGurus,
  insertIzin,
  insertStudents,
} from './store.ts'
import { planTerm } from './term.ts'

/** What a seed writes to. */
export interface SeedDesk {
  readonly db: Db
  readonly audit: Audit
  readonly vault: Vault
  readonly model: FaceModel
  readonly timeZone: string
  /** Milliseconds since 1970: the term ends on this day, what lies after this moment has not happened. */
  readonly now: number
}

export interface SeedOptions {
  readonly students: number
  /** School days of the term. */
  readonly days: number
  /** The same number, day and size give the same school (but for its sealed bytes: keys and nonces are random). */
  readonly seed: number
  /** Sealed faces, the slowest part. */
  readonly faces: boolean
}

export interface Seeded {
  readonly students: number
  readonly classes: number
  readonly absensi: number
  readonly encodings: number
}

/** The database is not empty: made-up people never come among real ones. */
export class SeedProblem extends Error {}

/** Students written at once: their term is some 40,000 rows, one commit. */
const AT_ONCE = 400

/**
 * Makes up a school: students in classes, their gurus, a term of attendance with its holidays, izin and closings, and
 * sealed faces with consents. Whoever is an admin stays as she is. Nobody of the made-up has a password.
 * @throws SeedProblem when there are students already
 */
export async function seedSchool(
  desk: SeedDesk,
  options: SeedOptions,
  tell: (line: string) => void = () => undefined,
): Promise<Seeded> {
  const { db, now } = desk
  if (await hasStudents(db)) throw new SeedProblem('The database has students already: seed an empty one.')
  const dice = createDice(options.seed)
  const today = readWallClock(now, desk.timeZone).date
  const term = planTerm(today, options.days)
  const starts = term.days.map((date) => instantOnWall(date, '00:00', desk.timeZone))
  const madeAt = (starts[0] ?? now) - 14 * 86_400_000
  const entryYear = Number(today.slice(0, 4)) - (today.slice(5) < '07' ? 1 : 0)
  const { students, gurus } = planPeople(dice, options.students, entryYear)
  await db.write([...insertGurus(gurus, madeAt), ...insertCalendar(term.holidays, madeAt)])

  let absensi = 0
  let encodings = 0
  for (let from = 0; from < students.length; from += AT_ONCE) {
    const group = students.slice(from, from + AT_ONCE)
    const { rows, izin } = planGroup(dice, group, { ...term, starts, now, firstRow: absensi, decidedBy: gurus[0]?.id })
    await db.write([...insertStudents(group, madeAt), ...chunk(rows, 4_000).map(insertAttendances), insertIzin(izin)])
    absensi += rows.length
    if (options.faces) {
      const enrolled = group.filter(({ hasFace }) => hasFace)
      const sealed = await sealFaces(dice, desk.vault, desk.model, enrolled)
      await db.write(insertEncodings(sealed, madeAt))
      encodings += sealed.length
    }
    tell(`${Math.min(students.length, from + AT_ONCE)} students, ${absensi} attendances, ${encodings} encodings`)
  }
  const closed = term.days.flatMap((date, day) => {
    const at = (starts[day] ?? 0) + 86_400_000
    return at <= now ? [[date, at] as const] : []
  })
  await desk.audit.write([insertClosings(closed)], {
    userId: null,
    action: 'seed_school',
    entityType: 'database',
    details: { students: students.length, absensi, seed: options.seed },
  })
  return { students: students.length, classes: gurus.length, absensi, encodings }
}

interface Course {
  readonly days: readonly string[]
  /** The first moment of each day, ms. */
  readonly starts: readonly number[]
  readonly now: number
  /** The number of the first row, for ids that rise. */
  readonly firstRow: number
  readonly decidedBy: string | undefined
}

function planGroup(dice: Dice, group: readonly SeedStudent[], course: Course) {
  const { days, starts, now, decidedBy = null } = course
  const rows: AttendanceRow[] = []
  const izin: IzinRow[] = []
  for (const student of group) {
    const { rows: marks, leaves } = attendTerm(dice, student, days.length)
    for (const mark of marks) {
      const date = days[mark.day] ?? ''
      const timestamp = (starts[mark.day] ?? 0) + mark.second * 1000 + dice.between(0, 999)
      if (timestamp > now) continue
      const id = dice.id(ID_PREFIX.absensi + course.firstRow + rows.length)
      const { status, grade, lateMinutes, confidence, method } = mark
      rows.push([id, student.id, date, timestamp, status, grade, lateMinutes, confidence, method])
    }
    for (const { kind, firstDay, lastDay, reason } of leaves) {
      const asked = (starts[firstDay] ?? 0) + dice.between(5 * 60, 7 * 60) * 60_000
      const id = dice.id(ID_PREFIX.izin)
      const isOpen = lastDay === days.length - 1
      const state = isOpen ? 'open' : 'approved'
      const decided = isOpen ? ([state, null, null] as const) : ([state, decidedBy, asked + 3_600_000] as const)
      if (asked <= now)
        izin.push([id, student.id, kind, days[firstDay] ?? '', days[lastDay] ?? '', reason, ...decided, asked])
    }
  }
  return { rows, izin }
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
