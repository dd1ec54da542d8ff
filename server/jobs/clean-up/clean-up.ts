import { readWallClock } from '../../../shared/attendance/zone.ts'
import { eraseDetailsBefore } from '../../audit/store.ts'
import { rotateBackups } from '../../backup/files.ts'
import type { Deps } from '../../deps.ts'
import type { Faces } from '../../face/faces.ts'
import { readSchoolSettings } from '../../settings/store.ts'
import { did, type JobOutcome } from '../job.ts'
import { readLeftFaces, sweepStatements } from './store.ts'

const DAY_MS = 86_400_000
/** Days an ended mail or job is remembered: long enough that nothing is told twice. */
const ENDED_DAYS = 60

/**
 * Removes what has been kept as long as the school's settings say: rows, traces, details of the audit log, backups, and the
 * faces of people whose account has been suspended so long, each erased as if she had withdrawn it herself.
 */
export async function cleanUp(
  { db, config, audit, guard }: Deps,
  faces: Pick<Faces, 'erase'>,
  now: number,
): Promise<JobOutcome> {
  const { retention } = await readSchoolSettings(db)
  const ago = (days: number) => now - days * DAY_MS
  const sweeps = sweepStatements({
    now,
    tickets: ago(retention.tickets),
    traces: ago(retention.traces),
    attendanceTime: ago(retention.absensi),
    attendanceDay: readWallClock(ago(retention.absensi), config.timeZone).date,
    ended: ago(ENDED_DAYS),
  })
  const statements = { ...sweeps, audit_details: eraseDetailsBefore(ago(retention.audit_details)) }
  const written = await audit.write(Object.values(statements), {
    userId: null,
    action: 'clean_up',
    entityType: 'database',
  })
  // Before the faces: whichever of them cannot be erased today holds up nothing else.
  const backups = rotateBackups(config.storagePath, ago(retention.backups))
  const left = await readLeftFaces(db, ago(retention.left_faces))
  for (const userId of left) {
    await faces.erase(userId, null)
    guard.forget(userId)
  }
  const counts = Object.keys(statements).map((name, i) => [name, written[i]?.rowsAffected ?? 0] as const)
  return did({ ...Object.fromEntries(counts.filter(([, count]) => count > 0)), faces: left.length, backups })
}
