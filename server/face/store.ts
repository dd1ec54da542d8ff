import { z } from 'zod'
import type { Db } from '../db/open.ts'
import { readTotal } from '../db/total.ts'
import { type Scope, scopeSql } from '../users/scope.ts'

const registeredRow = z.object({
  id: z.string(),
  nim: z.string(),
  name: z.string(),
  kelas: z.string().nullable(),
  encodings: z.number(),
  quality: z.number(),
  model: z.string(),
  registered_at: z.number(),
})
export type RegisteredUser = z.infer<typeof registeredRow>

/** What a list of enrolled people is narrowed to. `since` in ms, `quality` 0..100. */
export interface RegisteredFilter {
  readonly search?: string | undefined
  readonly kelas?: string | undefined
  readonly quality?: number | undefined
  readonly since?: number | undefined
  readonly model?: string | undefined
  readonly limit: number
  readonly offset: number
}

/** A page of the enrolled people of a scope, by kelas and name, with the number of all. */
export async function listRegistered(
  db: Db,
  scope: Scope,
  { search, kelas, quality, since, model, limit, offset }: RegisteredFilter,
): Promise<{ total: number; rows: RegisteredUser[] }> {
  const within = scopeSql(scope, 'u')
  const like = search === undefined ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await db.read(
    `SELECT u.id, u.nim, u.name, u.kelas, count(*) AS encodings, avg(e.quality) AS quality, min(e.model) AS model,
        min(e.created_at) AS registered_at, count(*) OVER () AS total
      FROM users u JOIN face_encodings e ON e.user_id = u.id
      WHERE u.has_face = 1 AND ${within.sql} AND (:kelas IS NULL OR u.kelas = :kelas)
        AND (:like IS NULL OR u.name LIKE :like ESCAPE '\\' OR u.nim LIKE :like ESCAPE '\\')
        AND (:model IS NULL OR e.model = :model)
      GROUP BY u.id
      HAVING (:quality IS NULL OR avg(e.quality) >= :quality) AND (:since IS NULL OR min(e.created_at) >= :since)
      ORDER BY u.kelas, u.name, u.id LIMIT :limit OFFSET :offset`,
    {
      ...within.args,
      like,
      kelas: kelas ?? null,
      model: model ?? null,
      quality: quality ?? null,
      since: since ?? null,
      limit,
      offset,
    },
  )
  const total = rows[0] === undefined ? 0 : readTotal(rows[0])
  return { total, rows: rows.map((row) => registeredRow.parse(row)) }
}

const namedRow = z.object({ id: z.string(), nim: z.string(), name: z.string() })
export type NamedPerson = z.infer<typeof namedRow>

/** Names of some people, as far as they are in the reader's scope, by id. */
export async function readNames(
  db: Db,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NamedPerson>> {
  const within = scopeSql(scope, 'u')
  const rows = await db.read(
    `SELECT u.id, u.nim, u.name FROM users u WHERE u.id IN (SELECT value FROM json_each(:ids)) AND ${within.sql}`,
    { ...within.args, ids: JSON.stringify(ids) },
  )
  return new Map(rows.map((row) => namedRow.parse(row)).map((person) => [person.id, person]))
}
