import { z } from 'zod'
import type { Role } from '../../../shared/contract/auth.ts'
import type { consentEntrySchema, consentPersonSchema } from '../../../shared/contract/consent-ledger.ts'
import { consentStateSchema } from '../../../shared/contract/consent-ledger.ts'
import { CONSENT_VERSION } from '../../../shared/contract/consents.ts'
import type { Db } from '../../db/open.ts'
import { readTotal } from '../../db/total.ts'
import type { Statement } from '../../db/write.ts'
import { type ConsentKind, mayKeepFace } from '../store.ts'

const iso = z.number().transform((ms) => new Date(ms).toISOString())

const entryRow = z.object({
  kind: z.enum(['self', 'guardian']),
  version: z.string(),
  source: z.enum(['app', 'paper']),
  given_at: iso,
  withdrawn_at: iso.nullable(),
})

/** Every consent of a user and of her guardian, newest first. */
export async function listConsents(db: Db, userId: string): Promise<z.infer<typeof consentEntrySchema>[]> {
  const rows = await db.read(
    `SELECT kind, version, source, given_at, withdrawn_at FROM consents WHERE user_id = ?
      ORDER BY given_at DESC, id`,
    [userId],
  )
  return rows.map((row) => entryRow.parse(row))
}

const personRow = z
  .object({
    user_id: z.string(),
    nim: z.string(),
    name: z.string(),
    kelas: z.string().nullable(),
    state: consentStateSchema,
    self_at: iso.nullable(),
    guardian_at: iso.nullable(),
  })
  .transform(({ self_at, guardian_at, ...person }): z.infer<typeof consentPersonSchema> => {
    const consent = (at: string | null) => (at === null ? null : { version: CONSENT_VERSION, given_at: at })
    return { ...person, self: consent(self_at), guardian: consent(guardian_at) }
  })

const at = (kind: ConsentKind) => `(SELECT given_at FROM consents WHERE user_id = u.id AND kind = '${kind}'
  AND withdrawn_at IS NULL AND version = :consent)`

const PEOPLE = `SELECT u.id AS user_id, u.nim, u.name, u.kelas, ${at('self')} AS self_at, ${at('guardian')} AS guardian_at,
  CASE WHEN ${mayKeepFace('u')} THEN 'complete' WHEN ${at('self')} IS NOT NULL THEN 'guardian_missing'
    WHEN EXISTS (SELECT 1 FROM consents WHERE user_id = u.id AND kind = 'self' AND version = :consent) THEN 'withdrawn'
    ELSE 'missing' END AS state
  FROM users u WHERE u.is_active = 1 AND u.approval = 'approved' AND (:kelas IS NULL OR u.kelas = :kelas)
    AND (:role IS NULL OR u.role = :role)`

/** Active people by NIM and where their consents stand, and how many there are in all. */
export async function listConsentStates(
  db: Db,
  filter: {
    state: z.infer<typeof consentStateSchema> | undefined
    kelas: string | undefined
    role: Role | undefined
  },
  page: { limit: number; offset: number },
): Promise<{ total: number; data: z.infer<typeof consentPersonSchema>[] }> {
  const { kelas = null, state = null, role = null } = filter
  const args = { consent: CONSENT_VERSION, kelas, state, role }
  const wanted = `FROM (${PEOPLE}) WHERE :state IS NULL OR state = :state`
  const [count] = await db.read(`SELECT count(*) AS total ${wanted}`, args)
  const rows = await db.read(`SELECT * ${wanted} ORDER BY nim LIMIT :limit OFFSET :offset`, {
    ...args,
    limit: page.limit,
    offset: page.offset,
  })
  return { total: readTotal(count), data: rows.map((row) => personRow.parse(row)) }
}

/** A consent on paper: `givenAt` in ms. */
export interface PaperConsent {
  readonly id: string
  readonly nim: string
  readonly kind: ConsentKind
  readonly givenAt: number
}

const PAPERS = `json_each(:papers) p JOIN users u ON u.nim = p.value ->> 'nim'`
const LIVE = `SELECT 1 FROM consents c WHERE c.user_id = u.id AND c.kind = p.value ->> 'kind' AND c.version = :consent
  AND c.withdrawn_at IS NULL`
/** Withdrawn after the paper was signed: the paper does not bring the consent back. */
const WITHDRAWN = `SELECT 1 FROM consents c WHERE c.user_id = u.id AND c.kind = p.value ->> 'kind'
  AND c.version = :consent AND c.withdrawn_at > p.value ->> 'givenAt'`

/** Ends live consents to older texts of whoever has signed the new one, then records what was signed, in two statements. */
export function recordPapers(papers: readonly PaperConsent[], by: string, now: number): Statement[] {
  const args = { papers: JSON.stringify(papers), consent: CONSENT_VERSION }
  return [
    {
      sql: `UPDATE consents SET withdrawn_at = :now WHERE withdrawn_at IS NULL AND version <> :consent
        AND (user_id, kind) IN (SELECT u.id, p.value ->> 'kind' FROM ${PAPERS})`,
      args: { ...args, now },
    },
    {
      sql: `INSERT INTO consents (id, user_id, kind, version, source, recorded_by, given_at)
        SELECT p.value ->> 'id', u.id, p.value ->> 'kind', :consent, 'paper', :by, p.value ->> 'givenAt'
        FROM ${PAPERS} WHERE NOT EXISTS (${LIVE}) AND NOT EXISTS (${WITHDRAWN})
        ON CONFLICT DO NOTHING`,
      args: { ...args, by },
    },
  ]
}

const paperRow = z.object({ nim: z.string(), known: z.number(), live: z.number(), withdrawn: z.number() })

/** What became of each paper: whose NIM is known, who has a live consent now, who withdrew since. In the papers' order. */
export async function readPapers(db: Db, papers: readonly PaperConsent[]): Promise<z.infer<typeof paperRow>[]> {
  const rows = await db.read(
    `SELECT p.value ->> 'nim' AS nim, u.id IS NOT NULL AS known, EXISTS (${LIVE}) AS live, EXISTS (${WITHDRAWN}) AS withdrawn
      FROM json_each(:papers) p LEFT JOIN users u ON u.nim = p.value ->> 'nim' ORDER BY p.key`,
    { papers: JSON.stringify(papers), consent: CONSENT_VERSION },
  )
  return rows.map((row) => paperRow.parse(row))
}
