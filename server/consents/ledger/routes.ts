import { consentLedgerApi } from '../../../shared/contract/api/consent-ledger.ts'
import type { Deps } from '../../deps.ts'
import type { Faces } from '../../face/faces.ts'
import { byOf } from '../../http/by.ts'
import { refuse } from '../../http/problem.ts'
import type { Serve } from '../../http/serve.ts'
import { findUser } from '../../users/store.ts'
import { withdrawConsent } from '../withdraw.ts'
import { enterPapers } from './bulk.ts'
import { listConsentStates, listConsents } from './store.ts'

/** The ledger of consents: whose there are, on paper too, and every one ever given. */
export function serveConsentLedger(serve: Serve, deps: Deps, eraseFaces: Faces['erase']): void {
  const { db } = deps

  serve(consentLedgerApi.history, async (c) => ({ consents: await listConsents(db, c.get('user').id) }))

  serve(consentLedgerApi.list, async (_, { query: { limit, offset, state, kelas, role } }) => ({
    ...(await listConsentStates(db, { state, kelas, role }, { limit, offset })),
    limit,
    offset,
  }))

  serve(consentLedgerApi.bulk, (c, { body }) => enterPapers(deps, byOf(c), body))

  serve(consentLedgerApi.withdraw, async (c, { body: { user_id, kind } }) => {
    if ((await findUser(db, user_id)) === null) refuse('not_found')
    const by = byOf(c)
    return { receipt: await withdrawConsent(deps, eraseFaces, { userId: user_id, kind }, by) }
  })
}
