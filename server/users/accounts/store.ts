import { z } from 'zod'
import { type Account, type AccountsQuery, accountSchema } from '../../../shared/contract/people.ts'
import type { Db } from '../../db/open.ts'
import { readTotal } from '../../db/total.ts'
import { type Scope, scopeSql } from '../scope.ts'

const flag = z.number().transform((value) => value === 1)
const json = (text: string): unknown => JSON.parse(text)
const time = z.number().transform((ms) => new Date(ms).toISOString())

const accountRow = z
  .object({
    ...accountSchema.shape,
    is_active: flag,
    has_face: flag,
    activated: flag,
    self_made: flag,
    guru_kelas: z.string().transform(json).pipe(accountSchema.shape.guru_kelas),
    accommodation: z.string().transform(json).pipe(accountSchema.shape.accommodation),
    code_expires_at: time.nullable(),
    last_login: time.nullable(),
    created_at: time,
  })
  .transform((row): Account => row)

const COLUMNS = `u.id, u.nim, u.name, u.email, u.parent_email, u.role, u.kelas, u.is_active, u.has_face, u.approval,
  u.self_made, u.accommodation, u.last_login, u.created_at, u.password_hash IS NOT NULL AS activated,
  (SELECT json_group_array(g.kelas ORDER BY g.kelas) FROM guru_kelas g WHERE g.user_id = u.id) AS guru_kelas,
  (SELECT a.expires_at FROM activation_codes a WHERE a.user_id = u.id AND a.used_at IS NULL AND a.expires_at > :now)
    AS code_expires_at`

/** Which people a list shows; what is left out does not matter. */
export type AccountFilter = Pick<Partial<AccountsQuery>, 'search' | 'role' | 'kelas' | 'face' | 'active' | 'approval'>
export type AccountPage = Pick<AccountsQuery, 'limit' | 'offset' | 'sort' | 'order'>

const ORDER = {
  name: 'u.name COLLATE NOCASE',
  nim: 'u.nim',
  kelas: 'u.kelas',
  created_at: 'u.created_at',
  last_login: 'u.last_login',
} as const

/** A page of the people within a scope, and how many there are in all. `now` in ms. */
export async function listAccounts(
  db: Db,
  scope: Scope,
  filter: AccountFilter,
  page: AccountPage,
  now: number,
): Promise<{ total: number; data: Account[] }> {
  const { sql, args } = conditionOf(scope, filter)
  const direction = page.order === 'desc' ? 'DESC' : 'ASC'
  const rows = await db.read(
    `SELECT ${COLUMNS} FROM users u WHERE ${sql} ORDER BY ${ORDER[page.sort]} ${direction}, u.id ${direction}
      LIMIT :limit OFFSET :offset`,
    { ...args, now, limit: page.limit, offset: page.offset },
  )
  const [count] = await db.read(`SELECT count(*) AS total FROM users u WHERE ${sql}`, args)
  const total = readTotal(count)
  return { total, data: rows.map((row) => accountRow.parse(row)) }
}

const choiceRow = z.object({ id: z.string(), nim: z.string(), name: z.string(), kelas: z.string().nullable() })

/** Students within a scope to choose from, by class and name. */
export async function listChoices(
  db: Db,
  scope: Scope,
  filter: AccountFilter,
  limit: number,
): Promise<z.output<typeof choiceRow>[]> {
  const { sql, args } = conditionOf(scope, filter)
  const rows = await db.read(
    `SELECT u.id, u.nim, u.name, u.kelas FROM users u WHERE ${sql} ORDER BY u.kelas, u.name COLLATE NOCASE, u.id
      LIMIT :limit`,
    { ...args, limit },
  )
  return rows.map((row) => choiceRow.parse(row))
}

/** The account, if it is within the scope; null otherwise, as if there were none. */
export async function findAccount(db: Db, scope: Scope, id: string, now: number): Promise<Account | null> {
  const within = scopeSql(scope, 'u')
  const [row] = await db.read(`SELECT ${COLUMNS} FROM users u WHERE u.id = :id AND ${within.sql}`, {
    ...within.args,
    id,
    now,
  })
  return row === undefined ? null : accountRow.parse(row)
}

/** Only what a filter asks for is in the statement, so that its index can be used. */
function conditionOf(scope: Scope, filter: AccountFilter) {
  const within = scopeSql(scope, 'u')
  const parts: string[] = [within.sql]
  const args: Record<string, string | number> = { ...within.args }
  const add = (sql: string, name: string, value: string | number) => {
    parts.push(sql)
    args[name] = value
  }
  const { search, role, kelas, face, active, approval } = filter
  if (role !== undefined) add('u.role = :role', 'role', role)
  if (kelas !== undefined) add('u.kelas = :kelas', 'kelas', kelas)
  if (face !== undefined) add('u.has_face = :face', 'face', face ? 1 : 0)
  if (active !== undefined) add('u.is_active = :active', 'active', active ? 1 : 0)
  if (approval !== undefined) parts.push(`u.approval = '${approval === 'pending' ? 'pending' : 'approved'}'`)
  if (search !== undefined)
    add("(u.name LIKE :search ESCAPE '\\' OR u.nim LIKE :search ESCAPE '\\')", 'search', `%${escapeLike(search)}%`)
  return { sql: parts.join(' AND '), args }
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
