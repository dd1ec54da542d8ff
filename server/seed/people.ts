import { makeGuruName, makeName } from './names.ts'
import type { Dice } from './random.ts'

export interface SeedStudent {
  readonly id: string
  readonly nim: string
  readonly name: string
  readonly kelas: string
  /** Per cent of days missed without a word, missed with a reason, and late: a few students make most of each. */
  readonly habits: { readonly alfa: number; readonly excused: number; readonly late: number }
  /** Whether she consented and enrolled a face. */
  readonly hasFace: boolean
}

export interface SeedGuru {
  readonly id: string
  readonly nim: string
  readonly name: string
  readonly kelas: readonly string[]
}

const GRADES = ['X', 'XI', 'XII'] as const

/** Ids of the made-up things rise within a kind, so that a big seed writes its indexes in order. */
export const ID_PREFIX = { guru: 0x10000000, student: 0x20000000, absensi: 0x40000000, izin: 0x50000000 } as const

/**
 * The people of a school: students in classes of 30 to 36 (the last one may be smaller), X-1, XI-1, XII-1, X-2 and on; a
 * guru for each class, most of them with a second or third one.
 * @param entryYear the year the tenth grade came in; its NIMs start with it
 */
export function planPeople(
  dice: Dice,
  students: number,
  entryYear: number,
): { readonly students: SeedStudent[]; readonly gurus: SeedGuru[] } {
  const people: SeedStudent[] = []
  const classes: string[] = []
  while (people.length < students) {
    const grade = classes.length % GRADES.length
    const kelas = `${GRADES[grade]}-${Math.floor(classes.length / GRADES.length) + 1}`
    classes.push(kelas)
    const size = Math.min(dice.between(30, 36), students - people.length)
    for (let seat = 0; seat < size; seat++) {
      const number = people.length
      people.push({
        id: dice.id(ID_PREFIX.student + number),
        nim: `${entryYear - grade}${String(number + 1).padStart(5, '0')}`,
        name: makeName(dice),
        kelas,
        habits: drawHabits(dice),
        hasFace: dice.chance(0.95),
      })
    }
  }
  const gurus = classes.map(
    (kelas, number): SeedGuru => ({
      id: dice.id(ID_PREFIX.guru + number),
      nim: `19${dice.between(65, 99)}${pad(dice.between(1, 12))}${pad(dice.between(1, 28))}${String(number + 1).padStart(6, '0')}`,
      name: makeGuruName(dice),
      kelas: [...new Set([kelas, ...classes.slice(number + 1, number + 1 + dice.between(0, 2))])],
    }),
  )
  return { students: people, gurus }
}

function drawHabits(dice: Dice): SeedStudent['habits'] {
  const skewed = (usual: number, worst: number) => usual + (worst - usual) * dice.next() ** 8
  return { alfa: skewed(0.6, 22), excused: skewed(3, 16), late: skewed(2.5, 45) }
}

const pad = (number: number) => String(number).padStart(2, '0')
