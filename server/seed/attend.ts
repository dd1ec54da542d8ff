import type { Grade, Status } from '../../shared/contract/absensi.ts'
import type { SeedStudent } from './people.ts'
import type { Dice } from './random.ts'

/** A row of attendance to be: `second` is of the day on the school's wall. */
export interface SeedAttendance {
  readonly day: number
  readonly second: number
  readonly status: Status
  readonly method: 'face' | 'manual' | 'izin' | 'close'
  readonly grade: Grade
  readonly lateMinutes: number
  /** 0..1; 0 where no face was looked at. */
  readonly confidence: number
}

/** Days off in one go, asked for. */
export interface SeedLeave {
  readonly kind: 'izin' | 'sakit'
  readonly firstDay: number
  readonly lastDay: number
  readonly reason: string
}

const SICK = ['Demam', 'Flu dan batuk', 'Sakit perut', 'Sakit gigi', 'Kontrol ke dokter', 'Cacar air'] as const
const ASKED = [
  'Acara keluarga',
  'Lomba tingkat kota',
  'Keperluan keluarga',
  'Upacara adat',
  'Mengurus dokumen',
] as const
const LATE_AFTER = 7 * 3600 + 15 * 60
const CLOSE = 23 * 3600 + 59 * 60 + 59

/**
 * A student's term, day by day: mostly on time, mostly between 06:20 and 07:15; late by a few minutes and now and then by
 * many; ill for one to four days in a row; away without a word for one day or several.
 */
export function attendTerm(
  dice: Dice,
  student: SeedStudent,
  days: number,
): { readonly rows: SeedAttendance[]; readonly leaves: SeedLeave[] } {
  const { alfa, excused, late } = student.habits
  const rows: SeedAttendance[] = []
  const leaves: SeedLeave[] = []
  const away = (day: number, status: Status) =>
    rows.push({
      day,
      second: status === 'alfa' ? CLOSE : LATE_AFTER,
      status,
      method: status === 'alfa' ? 'close' : 'izin',
      grade: 'verified',
      lateMinutes: 0,
      confidence: 0,
    })
  for (let day = 0; day < days; day++) {
    const lot = dice.next() * 100
    // A run of days counts once: the chance of one to begin is smaller by its mean length.
    if (lot < excused / 1.7) {
      const kind = dice.chance(0.6) ? 'sakit' : 'izin'
      const lastDay = Math.min(
        days - 1,
        day + (kind === 'sakit' ? Math.floor(dice.next() ** 2 * 4) : dice.between(0, 1)),
      )
      leaves.push({ kind, firstDay: day, lastDay, reason: dice.pick(kind === 'sakit' ? SICK : ASKED) })
      for (; day < lastDay; day++) away(day, kind)
      away(day, kind)
    } else if (lot < excused / 1.7 + alfa / 1.3) {
      const lastDay = Math.min(days - 1, day + Math.floor(dice.next() ** 4 * 4))
      for (; day < lastDay; day++) away(day, 'alfa')
      away(day, 'alfa')
    } else rows.push(arrive(dice, student, day, dice.chance(late / 100)))
  }
  return { rows, leaves }
}

function arrive(dice: Dice, student: SeedStudent, day: number, isLate: boolean): SeedAttendance {
  const second = isLate
    ? LATE_AFTER + 60 + Math.floor(dice.next() ** 2.5 * 75 * 60)
    : LATE_AFTER - 27 * 60 + Math.floor(dice.bell() * 13.9 * 60)
  const byFace = student.hasFace && dice.chance(0.985)
  return {
    day,
    second,
    status: isLate ? 'terlambat' : 'hadir',
    method: byFace ? 'face' : 'manual',
    grade: byFace && dice.chance(0.006) ? 'review' : 'verified',
    lateMinutes: isLate ? Math.floor((second - LATE_AFTER) / 60) : 0,
    confidence: byFace ? Math.round((0.93 + dice.bell() * 0.03) * 1000) / 1000 : 0,
  }
}
