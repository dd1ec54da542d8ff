import { z } from 'zod'

const totalRow = z.object({ total: z.number() })

/** The count a `SELECT count(*) AS total` answers with. */
export function readTotal(row: unknown): number {
  return totalRow.parse(row).total
}
