import type { z } from 'zod'
import { consentLedgerApi } from '../../../../shared/contract/api/consent-ledger.ts'
import type { consentPersonSchema } from '../../../../shared/contract/consent-ledger.ts'
import type { Student } from '../../../../shared/contract/people.ts'
import type { AdminApi } from '../../api.ts'

export type ConsentOf = z.output<typeof consentPersonSchema>

const PAGE = 500

/** Where somebody's consents stand; the ledger is read class by class. Null: she is not in it (she is suspended). */
export async function findConsent(
  api: AdminApi,
  { id, kelas }: Pick<Student, 'id' | 'kelas'>,
): Promise<ConsentOf | null> {
  for (let offset = 0; ; offset += PAGE) {
    const query = { limit: PAGE, offset, ...(kelas === null ? {} : { kelas }) }
    const { data, total } = await api.call(consentLedgerApi.list, { query })
    const found = data.find(({ user_id }) => user_id === id)
    if (found || data.length === 0 || offset + PAGE >= total) return found ?? null
  }
}
