import { type Counts, chooseSession, type SchoolDay, type WhyClosed } from '../../shared/attendance/timetable.ts'
import { readWallClock } from '../../shared/attendance/zone.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/open.ts'
import type { Words } from '../http/language.ts'
import { refuse } from '../http/problem.ts'
import { readDay } from '../timetable/day.ts'
import type { Session } from '../timetable/store.ts'
import { type Attendance, listAttendanceOn } from './store.ts'

/** A person's day at an instant. */
export interface OwnDay {
  readonly day: SchoolDay<Session>
  /** What is recorded of her that day, by session. */
  readonly rows: ReadonlyMap<string, Attendance>
  /** What a check-in at that instant is. */
  readonly counts: Counts<Session>
}

type Reader = { readonly db: Db; readonly config: Config }

/** Where an instant (ms) lies in a person's day at school, and the one session a check-in then counts for. */
export async function locate(
  deps: Reader,
  user: { readonly id: string; readonly kelas: string | null },
  instant: number,
): Promise<OwnDay> {
  const { date } = readWallClock(instant, deps.config.timeZone)
  const found = await listAttendanceOn(deps.db, user.id, date)
  const rows = new Map(found.map((row) => [row.sessionId, row]))
  const day = await readDay(deps, user.kelas, instant, new Set(rows.keys()))
  const taking = day.sessions.filter(({ state }) => state === 'open' || state === 'late')
  const open = new Set(taking.map(({ session }) => session.id))
  const made = new Map(
    [...rows]
      .filter(([, row]) => !isMadeUp(row))
      .map(([id, row]) => [id, { ...row, timestamp: open.has(id) ? row.timestamp : cameBy(row) }]),
  )
  return { day, rows, counts: chooseSession(day, made, instant) }
}

/**
 * When she came, ms, to a session in which nobody comes any more: what somebody wrote by hand says when that was written, and no
 * check-in can repeat it.
 */
function cameBy({ method, timestamp }: Attendance): number {
  return method === 'manual' ? 0 : timestamp
}

/**
 * Whether a row was made because nobody came: at the close, or of an approved izin. Somebody who did come in time, but whose
 * check-in arrives later (a kiosk without network, a ticket of the last minute), is recorded in its place.
 */
function isMadeUp({ method }: Attendance): boolean {
  return method === 'close' || method === 'izin'
}

/** Refuses with `closed`, saying why, when no session of a person takes a check-in at an instant (ms). */
export async function requireOpen(
  deps: Reader,
  user: { readonly id: string; readonly kelas: string | null },
  instant: number,
): Promise<void> {
  const { counts } = await locate(deps, user, instant)
  if (counts.kind === 'closed') refuse('closed', { detail: explainClosed(counts.why) })
}

/** Why nothing is open, for people. */
export function explainClosed(why: WhyClosed): Words {
  if (why.kind === 'holiday') return { id: `Hari ini libur: ${why.name}.`, en: `Today is a holiday: ${why.name}.` }
  if (why.kind === 'before')
    return { id: `Absensi dibuka pukul ${why.opens.replace(':', '.')}.`, en: `Attendance opens at ${why.opens}.` }
  if (why.kind === 'over')
    return {
      id: `Absensi sudah ditutup sejak pukul ${why.since.replace(':', '.')}.`,
      en: `Attendance has been closed since ${why.since}.`,
    }
  return {
    id: 'Tidak ada sesi untukmu hari ini. Kalau keliru, temui gurumu.',
    en: 'There is no session for you today. If that is wrong, see your teacher.',
  }
}
