import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { instantOnWall } from '../../../shared/attendance/zone.ts'
import type { bulkConsentsReply, bulkConsentsRequest } from '../../../shared/contract/consent-ledger.ts'
import { CONSENT_VERSION } from '../../../shared/contract/consents.ts'
import type { Deps } from '../../deps.ts'
import type { By } from '../../http/by.ts'
import { refuse } from '../../http/problem.ts'
import { todayOf } from '../../timetable/day.ts'
import { readPapers, recordPapers } from './store.ts'

/**
 * Enters consents that were given on paper. A paper counts from the start of its day; it brings no consent back that was
 * withdrawn since, and the same list again changes nothing.
 * Refuses with conflict (another text) and bad_request (a day that has not come yet).
 */
export async function enterPapers(
  { db, audit, config, now }: Deps,
  by: By,
  { version, consents }: z.output<typeof bulkConsentsRequest>,
): Promise<z.input<typeof bulkConsentsReply>> {
  if (version !== CONSENT_VERSION) refuse('conflict', OTHER_TEXT)
  const today = todayOf({ config, now })
  const fields = consents.flatMap(({ given_on }, i) =>
    given_on > today ? [{ path: `consents.${i}.given_on`, message: 'future' }] : [],
  )
  if (fields.length > 0) refuse('bad_request', { fields })
  const papers = consents.map(({ nim, kind, given_on }) => ({
    id: randomUUID(),
    nim,
    kind,
    givenAt: instantOnWall(given_on, '00:00', config.timeZone),
  }))
  const [, inserted] = await audit.write(recordPapers(papers, by.userId, now()), {
    userId: by.userId,
    action: 'enter_consents',
    entityType: 'consent',
    details: { version, papers: papers.length },
    ipAddress: by.ipAddress,
  })
  const recorded = inserted?.rowsAffected ?? 0
  const became = await readPapers(db, papers)
  return {
    recorded,
    unchanged: became.filter(({ live }) => live === 1).length - recorded,
    unknown: became.filter(({ known }) => known === 0).map(({ nim }) => nim),
    withdrawn_since: became.filter(({ live, withdrawn }) => live === 0 && withdrawn === 1).map(({ nim }) => nim),
  }
}

const OTHER_TEXT = {
  detail: {
    id: 'Persetujuan ini untuk teks yang lama. Minta persetujuan atas teks yang berlaku.',
    en: 'These consents are to another text. Ask for consent to the one in force.',
  },
}
