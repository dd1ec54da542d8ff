import { z } from 'zod'

/** What an erasure was of: the face, or the account with everything in it. */
export type Erased = 'face' | 'account'

/** A line of the journal. */
export interface Erasure {
  readonly userId: string
  readonly what: Erased
  /** ms. */
  readonly at: number
}

/** A row of the journal, read. */
export const journalRow = z
  .object({ user_id: z.string(), what: z.enum(['face', 'account']), at: z.number() })
  .transform(({ user_id, ...row }): Erasure => ({ userId: user_id, ...row }))

/** Every line of the journal. */
export const ALL_ERASURES = 'SELECT user_id, what, at FROM erasures'

/** What brings erasures into a file: each unless a later one of its kind is there, and the end of the keys they ended. */
export function noteErasures(erasures: readonly Erasure[]) {
  const args = [JSON.stringify(erasures.map(({ userId, what, at }) => [userId, what, at]))]
  const isLater = (one: string, than: '>' | '>=', other: string) =>
    `${one}.user_id = ${other}.user_id AND ${one}.what = ${other}.what AND ${one}.at ${than} ${other}.at`
  const noted = `(SELECT value ->> 0 AS user_id, value ->> 1 AS what, value ->> 2 AS at FROM json_each(?)) AS noted`
  return [
    {
      sql: `INSERT INTO erasures (user_id, what, at) SELECT user_id, what, at FROM ${noted} WHERE NOT EXISTS (SELECT 1
        FROM erasures AS old WHERE ${isLater('old', '>=', 'noted')})`,
      args,
    },
    {
      sql: `DELETE FROM erasures WHERE user_id IN (SELECT user_id FROM ${noted})
        AND EXISTS (SELECT 1 FROM erasures AS other WHERE ${isLater('other', '>', 'erasures')})`,
      args,
    },
    {
      sql: `DELETE FROM data_keys WHERE user_id IN (SELECT d.user_id FROM ${noted}
        JOIN data_keys AS d ON d.user_id = noted.user_id WHERE d.made_at <= noted.at)`,
      args,
    },
  ]
}
