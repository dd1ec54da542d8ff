import type { Db } from '../db/open.ts'
import type { KeyRing } from '../http/keys.ts'
import { hashDetails, hashLine } from './audit.ts'
import { readLines } from './store.ts'

/** Lines read at a time. */
const PAGE = 1000

/**
 * Goes over the whole audit chain: how many lines hold, and the number of the first that does not (changed, out of
 * order, or after a missing one). A line whose details were erased holds.
 */
export async function checkChain(db: Db, keys: KeyRing): Promise<{ lines: number; brokenAt: number | null }> {
  let prev = 'start'
  let lines = 0
  for (let after = 0; ; ) {
    const page = await readLines(db, after, PAGE)
    for (const line of page) {
      const known = keys.versions.includes(line.keyVersion)
      const details =
        line.detailsSalt === null ? line.detailsHash : hashDetails({ ...line, detailsSalt: line.detailsSalt })
      const holds = known && line.prev === prev && hashLine(line, keys) === line.hash && details === line.detailsHash
      if (!holds) return { lines, brokenAt: line.seq }
      prev = line.hash
      after = line.seq
      lines++
    }
    if (page.length < PAGE) return { lines, brokenAt: null }
  }
}
