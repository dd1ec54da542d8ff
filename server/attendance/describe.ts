import { readWallClock } from '../../shared/attendance/zone.ts'
import type { Absensi } from '../../shared/contract/absensi.ts'
import { bandOf } from '../../shared/face/match.ts'
import type { Attendance } from './store.ts'

/** What a reply shows a student of an attendance, in the school's time zone. */
export function describeAttendance(
  one: Attendance,
  user: { readonly id: string; readonly name: string; readonly nim: string },
  timeZone: string,
): Absensi {
  return {
    id: one.id,
    user_id: user.id,
    name: user.name,
    nim: user.nim,
    date: one.date,
    timestamp: readWallClock(one.timestamp, timeZone).iso,
    status: one.status,
    grade: one.grade,
    confidence: one.method === 'face' || one.method === 'kiosk' ? bandOf(one.confidence) : null,
    late_minutes: one.lateMinutes,
    session_id: one.sessionId,
    method: one.method,
    left_at: one.leftAt === null ? null : readWallClock(one.leftAt, timeZone).iso,
    note: one.note,
  }
}
