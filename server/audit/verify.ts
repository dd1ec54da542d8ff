import type { AuditHead } from '../../shared/contract/audit.ts'
import type { Db } from '../db/open.ts'
import type { KeyRing } from '../http/keys.ts'
import { hashDetails, hashLine } from './audit.ts'
import { keepHead, readKeptHead, signHead } from './head.ts'
import { readLines } from './store.ts'

/** Lines read at a time. */
const PAGE = 1000

export interface ChainCheck {
  /** Lines that hold, from the first on. */
  readonly lines: number
  /** The number of the first line that was changed, put in or is missing; null when the chain is whole. */
  readonly brokenAt: number | null
}

/**
 * Goes over the whole audit chain: how many lines hold, and the number of the first that does not (changed, out of
 * order, put in, or after a missing one). A line whose details were erased holds. Lines cut off the end are found by the
 * `heads` that were signed before: the first line that is missing is named then.
 */
export async function checkChain(db: Db, keys: KeyRing, heads: readonly AuditHead[] = []): Promise<ChainCheck> {
  const wanted = new Map(heads.map((head) => [head.seq, head.hash]))
  let prev = 'start'
  let lines = 0
  for (;;) {
    const page = await readLines(db, lines, PAGE)
    for (const line of page) {
      const known = keys.versions.includes(line.keyVersion)
      const details =
        line.detailsSalt === null ? line.detailsHash : hashDetails({ ...line, detailsSalt: line.detailsSalt })
      const holds =
        known &&
        line.seq === lines + 1 &&
        line.prev === prev &&
        hashLine(line, keys) === line.hash &&
        details === line.detailsHash &&
        (wanted.get(line.seq) ?? line.hash) === line.hash
      if (!holds) return { lines, brokenAt: line.seq }
      prev = line.hash
      lines++
    }
    if (page.length < PAGE) break
    // libSQL answers at once: without a turn of the event loop a long log would hold up every request.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const longest = Math.max(0, ...heads.map(({ seq }) => seq))
  return { lines, brokenAt: longest > lines ? lines + 1 : null }
}

/**
 * `checkChain` against the head kept in the key folder and `others`; when all hold, the head of now is kept in its place. A
 * kept head that is not ours counts as a break at the first line: somebody has written into the key folder.
 */
export async function verifyAudit(
  { db, keyRing, now }: { db: Db; keyRing: KeyRing; now: () => number },
  others: readonly AuditHead[] = [],
): Promise<ChainCheck> {
  const kept = readKeptHead(keyRing)
  if (kept === 'unreadable') return { lines: 0, brokenAt: 1 }
  // Signed before the check: what is kept must be a line that was looked at.
  const head = await signHead(db, keyRing, now())
  const check = await checkChain(db, keyRing, [...(kept === null ? [] : [kept]), ...others])
  if (check.brokenAt === null) keepHead(head, keyRing)
  return check
}
