import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { withdrawalReceiptSchema } from '../../shared/contract/consent-ledger.ts'
import { CONSENT_VERSION } from '../../shared/contract/consents.ts'
import type { Deps } from '../deps.ts'
import type { Faces } from '../face/faces.ts'
import type { By } from '../http/by.ts'
import { type ConsentKind, endConsent, hasConsent } from './store.ts'

/**
 * Withdraws a consent and destroys the face with its key at once, also when only the guardian's goes. The rows go with the
 * consent, so that no face comes in between. The key goes first: if that fails the consent stands, and the withdrawal can be
 * asked for again.
 */
export async function withdrawConsent(
  { db, audit, guard, now }: Deps,
  eraseFaces: Faces['erase'],
  { userId, kind }: { userId: string; kind: ConsentKind },
  by: By,
): Promise<z.infer<typeof withdrawalReceiptSchema>> {
  const at = now()
  const ends = (await hasConsent(db, userId, kind)) ? [endConsent(userId, at, kind)] : []
  const { encodings, traces, cases } = await eraseFaces(userId, by, ends)
  const id = randomUUID()
  await audit.write([], {
    userId: by.userId,
    action: 'withdraw_consent',
    entityType: 'consent',
    entityId: userId,
    details: { version: CONSENT_VERSION, kind, receipt: id, encodings, traces },
    ipAddress: by.ipAddress,
  })
  guard.forget(userId)
  return {
    id,
    at: new Date(at).toISOString(),
    destroyed: { data_key: true, encodings, traces, open_cases: cases },
  }
}
