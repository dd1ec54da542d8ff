import { RANDOM_UUID } from '../db/uuid.ts'
import type { Statement } from '../db/write.ts'

/** Which recorded attendances, by SQL with named arguments: `a` is absensi, `u` its user, `also` may join more. */
export interface Chosen {
  readonly also?: string
  readonly where: string
  readonly args: Readonly<Record<string, string | number | null>>
}

/** Who corrects (null: the system) and why. `now` in ms. */
export interface Corrector {
  readonly by: string | null
  readonly reason: string
  readonly now: number
}

/** What a correction may change, each as an SQL expression over `a`; what is left out stays. */
export type Changes = Partial<Record<(typeof FIELDS)[number], string>>

const FIELDS = ['status', 'grade', 'late_minutes', 'method', 'confidence', 'note', 'left_at', 'timestamp'] as const

/** The value of an attendance as a correction keeps it: JSON. */
const keptValue = (row: string) => `json_object(${FIELDS.map((field) => `'${field}', ${row}.${field}`).join(', ')})`

/** When she left, where that is not said: whoever was not there did not leave either. */
const leftAt = ({ status, left_at }: Changes) =>
  left_at ?? (status === undefined ? 'a.left_at' : `CASE WHEN ${status} IN ('hadir', 'terlambat') THEN a.left_at END`)

/**
 * When she came, by a person's word: what made her absent (a close, an izin) says when that was written, so that whoever turns
 * out to have been there came, as far as anybody knows, when this is written.
 * @param status what it is then, an SQL expression
 */
export const cameAt = (status: string) =>
  `CASE WHEN ${status} IN ('hadir', 'terlambat') AND a.status NOT IN ('hadir', 'terlambat') THEN :now ELSE a.timestamp END`

/** A status set by a person: no face stands behind it. */
export const BY_HAND: Changes = { grade: "'verified'", method: "'manual'", confidence: '0' }

/**
 * Changes recorded attendances and keeps, for each, who did it, why, and the value before and after. The first statement
 * changes as many rows as there are corrections. What was before is read by the statements themselves. A leaving goes with
 * the presence it belongs to.
 */
export function changeRows(chosen: Chosen, changes: Changes, { by, reason, now }: Corrector): Statement[] {
  const args = { ...chosen.args, by, reason, now }
  const said: Changes = { ...changes, left_at: leftAt(changes) }
  const source = `SELECT a.id, a.user_id, ${keptValue('a')} AS old_value,
    ${FIELDS.map((field) => `${said[field] ?? `a.${field}`} AS ${field}`).join(', ')} ${fromOf(chosen)}`
  return [
    {
      sql: `INSERT INTO corrections (id, absensi_id, user_id, by_user, reason, old_value, new_value, created_at)
        SELECT ${RANDOM_UUID}, x.id, x.user_id, :by, :reason, x.old_value, ${keptValue('x')}, :now FROM (${source}) x`,
      args,
    },
    {
      sql: `UPDATE absensi SET ${FIELDS.map((field) => `${field} = x.${field}`).join(', ')}
        FROM (${source}) x WHERE absensi.id = x.id`,
      args,
    },
  ]
}

/** Removes recorded attendances; the correction keeps what they were, its new value is `null`. */
export function removeRows(chosen: Chosen, { by, reason, now }: Corrector): Statement[] {
  const args = { ...chosen.args, by, reason, now }
  return [
    {
      sql: `INSERT INTO corrections (id, absensi_id, user_id, by_user, reason, old_value, new_value, created_at)
        SELECT ${RANDOM_UUID}, a.id, a.user_id, :by, :reason, ${keptValue('a')}, 'null', :now ${fromOf(chosen)}`,
      args,
    },
    { sql: `DELETE FROM absensi WHERE id IN (SELECT a.id ${fromOf(chosen)})`, args },
  ]
}

function fromOf({ also = '', where }: Chosen): string {
  return `FROM absensi a JOIN users u ON u.id = a.user_id ${also} WHERE ${where}`
}
