import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Db } from '../db/open.ts'
import { isConflict, type Statement, type Written } from '../db/write.ts'
import type { KeyRing } from '../http/keys.ts'
import { keepLostLine } from './head.ts'
import { insertLine, readHash, readHead } from './store.ts'

/** One act, for the record. `details` may hold ids, codes and counts; never a secret, an embedding or a password. */
export interface AuditEntry {
  /** Who did it; null for the system and for callers who are not signed in. */
  readonly userId: string | null
  readonly action: string
  readonly entityType: string
  readonly entityId?: string
  readonly details?: Readonly<Record<string, string | number | boolean | null>>
  readonly ipAddress?: string
  readonly userAgent?: string
}

export interface Audit {
  /**
   * Writes the statements of an act and its line in one batch, all or none; resolves to what the act's own statements
   * did. Rejects as `db.write` does.
   */
  write(statements: readonly Statement[], entry: AuditEntry): Promise<Written[]>
}

/** A line of the chain, as stored. */
export interface AuditLine {
  readonly seq: number
  readonly prev: string
  readonly hash: string
  readonly keyVersion: number
  readonly userId: string | null
  readonly action: string
  readonly entityType: string
  readonly entityId: string | null
  readonly details: string | null
  readonly ipAddress: string | null
  readonly userAgent: string | null
  readonly detailsSalt: string | null
  readonly detailsHash: string
  readonly createdAt: number
}

interface Act {
  readonly statements: readonly Statement[]
  readonly entry: AuditEntry
  readonly resolve: (written: Written[]) => void
  readonly reject: (error: unknown) => void
}

type Head = Pick<AuditLine, 'seq' | 'hash'>

/** Tries for one line against other processes that write lines at the same time. */
const TRIES = 8

/**
 * The audit log: lines chained by HMAC-SHA-256 under a key outside the database, so that nobody who can only write the
 * database can change, drop or reorder lines unseen. The head is read from the database before each commit, and
 * `prev` is UNIQUE: two processes cannot both continue from the same line, the later one tries again.
 * What this process wrote last has to be there still when it writes next: a log that was cut off meanwhile is noted in the
 * key folder for every later check.
 * @param onBroken told the number of the first line that is missing or another
 */
export function createAudit(
  db: Db,
  keys: KeyRing,
  now: () => number,
  onBroken: (line: number) => void = () => undefined,
): Audit {
  let last: Head | null = null
  let waiting: Act[] = []
  let running = false

  /** The last line, where a head does not go on from it: other processes may have gone on, without it nobody can. */
  const findGone = async (head: Head | null): Promise<Head | null> => {
    if (last === null || head?.hash === last.hash) return null
    const isOvertaken = head !== null && head.seq > last.seq && (await readHash(db, last.seq)) === last.hash
    return isOvertaken ? null : last
  }

  const commit = async (acts: readonly Act[]): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      const head = await readHead(db)
      const gone = await findGone(head)
      const lines = chainLines(head, acts, keys, now())
      const statements = acts.flatMap((act, index) => [
        ...act.statements,
        ...lines.slice(index, index + 1).map(insertLine),
      ])
      try {
        const written = await db.write(statements)
        last = lines.at(-1) ?? last
        let start = 0
        for (const act of acts) {
          act.resolve(written.slice(start, start + act.statements.length))
          start += act.statements.length + 1
        }
        // Told only after the write: the database takes a line after the head of before only where what came after it is gone.
        if (gone !== null) {
          onBroken(Math.min((head?.seq ?? 0) + 1, gone.seq))
          await keepLostLine(db, keys, gone, now()).catch(() => undefined)
        }
        return
      } catch (error) {
        if (acts.length > 1) {
          for (const act of acts) await commit([act])
          return
        }
        const overtaken =
          isConflict(error) && /audit_logs\.(prev|seq)/.test(error instanceof Error ? error.message : '')
        if (!overtaken || attempt === TRIES) {
          acts[0]?.reject(error)
          return
        }
      }
    }
  }

  const drain = async (): Promise<void> => {
    running = true
    while (waiting.length > 0) {
      const acts = waiting
      waiting = []
      await commit(acts).catch((error: unknown) => {
        for (const act of acts) act.reject(error)
      })
    }
    running = false
  }

  return {
    write: (statements, entry) =>
      new Promise((resolve, reject) => {
        waiting.push({ statements, entry, resolve, reject })
        if (!running) void drain()
      }),
  }
}

function chainLines(head: Head | null, acts: readonly Act[], keys: KeyRing, createdAt: number): AuditLine[] {
  let { seq, hash } = head ?? { seq: 0, hash: 'start' }
  return acts.map(({ entry }) => {
    const salt = randomBytes(16).toString('base64url')
    const details = entry.details === undefined ? null : JSON.stringify(entry.details)
    const unhashed = {
      seq: seq + 1,
      prev: hash,
      keyVersion: keys.current,
      userId: entry.userId,
      action: entry.action,
      entityType: entry.entityType,
      entityId: entry.entityId ?? null,
      details,
      ipAddress: entry.ipAddress ?? null,
      userAgent: entry.userAgent?.slice(0, 300) ?? null,
      detailsSalt: salt,
      createdAt,
    }
    const line = { ...unhashed, detailsHash: hashDetails({ ...unhashed, detailsSalt: salt }) }
    const linked = { ...line, hash: hashLine(line, keys) }
    seq = linked.seq
    hash = linked.hash
    return linked
  })
}

/** SHA-256 of the salt and everything erasable: without the salt the hash tells nothing. */
export function hashDetails(line: {
  readonly detailsSalt: string
  readonly details: string | null
  readonly ipAddress: string | null
  readonly userAgent: string | null
}): string {
  return createHash('sha256')
    .update(JSON.stringify([line.detailsSalt, line.details, line.ipAddress, line.userAgent]))
    .digest('base64url')
}

/** The HMAC that links a line to the one before it. */
export function hashLine(line: Omit<AuditLine, 'hash'>, keys: KeyRing): string {
  const content = [
    line.seq,
    line.prev,
    line.keyVersion,
    line.userId,
    line.action,
    line.entityType,
    line.entityId,
    line.detailsHash,
    line.createdAt,
  ]
  return createHmac('sha256', keys.deriveKey('audit-chain', line.keyVersion))
    .update(JSON.stringify(content))
    .digest('base64url')
}
