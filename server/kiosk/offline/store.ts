import { z } from 'zod'
import { accommodationSchema } from '../../../shared/contract/auth.ts'
import { CHALLENGE_NAMES } from '../../../shared/liveness/challenges.ts'
import type { Db } from '../../db/open.ts'
import { readTotal } from '../../db/total.ts'
import type { Statement } from '../../db/write.ts'
import { type Scope, scopeSql } from '../../users/scope.ts'

/** What a kiosk tells of itself. Times in ms. */
export interface Told {
  readonly queue: number
  readonly oldest: number | null
  readonly stock: number
  readonly version: string
}

/** Notes what a kiosk told. */
export function setTold(kioskId: string, told: Told, now: number): Statement {
  return {
    sql: `UPDATE kiosks SET queue = :queue, oldest = :oldest, stock = :stock, version = :version, told_at = :now
      WHERE device_id = :kioskId`,
    args: { ...told, kioskId, now },
  }
}

const studentRow = z
  .object({
    nim: z.string(),
    name: z.string(),
    kelas: z.string().nullable(),
    accommodation: z.string().transform((json) => accommodationSchema.parse(JSON.parse(json))),
  })
  .transform(({ accommodation: { challenges: can, slow }, ...row }) => {
    const cannot = can === undefined ? [] : CHALLENGE_NAMES.filter((name) => !can.includes(name))
    return { ...row, ...(cannot.length === 0 ? {} : { cannot }), ...(slow ? { slow } : {}) }
  })
export type RosterRow = z.infer<typeof studentRow>

const rosterOf = (sql: string) =>
  `FROM users u WHERE u.role = 'user' AND u.is_active = 1 AND u.approval = 'approved' AND ${sql}`

const ORDER = 'ORDER BY u.kelas, u.name, u.id'

const wholeRow = z.object({ total: z.number(), text: z.string() })

/** How many students are in a scope, and all that is told of them as one text: thousands of rows would take far longer to read. */
export async function readWholeRoster(db: Db, scope: Scope): Promise<z.infer<typeof wholeRow>> {
  const { sql, args } = scopeSql(scope)
  const [row] = await db.read(
    `SELECT count(*) AS total, json_group_array(json_array(nim, name, kelas, accommodation)) AS text
      FROM (SELECT u.nim, u.name, u.kelas, u.accommodation ${rosterOf(sql)} ${ORDER})`,
    args,
  )
  return wholeRow.parse(row)
}

/** A page of names and NIMs of the students in a scope, and what each is not to be asked for, class by class. */
export async function listRoster(db: Db, scope: Scope, page: { limit: number; offset: number }): Promise<RosterRow[]> {
  const { sql, args } = scopeSql(scope)
  const rows = await db.read(
    `SELECT u.nim, u.name, u.kelas, u.accommodation ${rosterOf(sql)} ${ORDER} LIMIT :limit OFFSET :offset`,
    { ...args, ...page },
  )
  return rows.map((row) => studentRow.parse(row))
}

/** How many students are in a scope. */
export async function countRoster(db: Db, scope: Scope): Promise<number> {
  const { sql, args } = scopeSql(scope)
  const [row] = await db.read(`SELECT count(*) AS total ${rosterOf(sql)}`, args)
  return readTotal(row)
}
