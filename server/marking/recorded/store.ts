import { z } from 'zod'
import { type Chosen, type Corrector, cameAt, changeRows } from '../../corrections/store.ts'
import type { Db } from '../../db/open.ts'
import type { Statement } from '../../db/write.ts'
import { type Scope, scopeSql } from '../../users/scope.ts'
import { argsOf, field, type Mark, NO_ROW, type Slot } from '../store.ts'

/**
 * The marked rows that say something else already. An approved absence stands before an alfa that does not name it (`was`): it
 * is what such a mark is written as.
 */
function differing(scope: Scope, slot: Slot, marks: readonly Mark[]): Chosen & { also: string } {
  return {
    also: `JOIN json_each(:marks) m ON ${field('userId')} = a.user_id`,
    // The marked are named once more, by an index: not everybody of the day is compared with every mark.
    where: `a.session_id = :sessionId AND a.date = :date AND ${scopeSql(scope).sql}
      AND a.user_id IN (SELECT value ->> 'userId' FROM json_each(:marks)) AND NOT (${field('status')} = 'alfa' AND ${field('was')} IS NULL AND a.method = 'izin')
      AND (a.status <> ${field('status')}
      OR (${field('note')} IS NOT NULL AND a.note IS NOT ${field('note')})
      OR (${field('lateMinutes')} IS NOT NULL AND a.status = 'terlambat' AND a.late_minutes <> ${field('lateMinutes')}))`,
    args: argsOf(scope, slot, marks),
  }
}

/** Corrects the marked rows that say something else; the first statement changes as many rows as there are. */
export function correctMarked(scope: Scope, slot: Slot, marks: readonly Mark[], corrector: Corrector): Statement[] {
  return changeRows(
    differing(scope, slot, marks),
    {
      status: field('status'),
      timestamp: cameAt(field('status')),
      grade: "'verified'",
      method: "'manual'",
      confidence: '0',
      note: `coalesce(${field('note')}, a.note)`,
      late_minutes: `CASE WHEN ${field('status')} <> 'terlambat' THEN 0
        ELSE coalesce(${field('lateMinutes')}, a.late_minutes) END`,
    },
    corrector,
  )
}

/** Breaks the batch (`isConflict`) when a marked row says something else already. */
export function requireSame(scope: Scope, slot: Slot, marks: readonly Mark[]): Statement {
  const { also, where, args } = differing(scope, slot, marks)
  return {
    sql: `INSERT INTO must_change (rows) SELECT NOT EXISTS (
      SELECT 1 FROM absensi a JOIN users u ON u.id = a.user_id ${also} WHERE ${where})`,
    args,
  }
}

/** Breaks the batch (`isConflict`) when what is recorded of somebody is neither what her mark says it was nor what it makes it. */
export function requireSeen(scope: Scope, slot: Slot, marks: readonly Mark[]): Statement {
  const { sql, args } = unseen(scope, slot, marks)
  return { sql: `INSERT INTO must_change (rows) SELECT NOT EXISTS (${sql})`, args }
}

/** Ids of the students whose rows say something else than their mark, and of those among them that changed since they were seen. */
export async function listDiffering(
  db: Db,
  scope: Scope,
  slot: Slot,
  marks: readonly Mark[],
): Promise<{ differing: string[]; unseen: string[] }> {
  const { also, where, args } = differing(scope, slot, marks)
  const changed = unseen(scope, slot, marks)
  const [others, meanwhile] = await Promise.all([
    db.read(`SELECT u.id FROM absensi a JOIN users u ON u.id = a.user_id ${also} WHERE ${where}`, { ...args }),
    db.read(changed.sql, changed.args),
  ])
  const idOf = (row: unknown) => z.object({ id: z.string() }).parse(row).id
  return { differing: others.map(idOf), unseen: meanwhile.map(idOf) }
}

/** The marked whose record changed since it was seen to something else than the mark, or is gone. */
function unseen(scope: Scope, slot: Slot, marks: readonly Mark[]) {
  const { also, where, args } = differing(scope, slot, marks)
  return {
    sql: `SELECT u.id FROM absensi a JOIN users u ON u.id = a.user_id ${also} WHERE ${where}
        AND json_type(m.value, '$.was') IS NOT NULL AND a.status IS NOT ${field('was')}
      UNION ALL SELECT u.id FROM json_each(:marks) m JOIN users u ON u.id = ${field('userId')}
        WHERE ${field('was')} IS NOT NULL AND ${NO_ROW}`,
    args: { ...args },
  }
}
