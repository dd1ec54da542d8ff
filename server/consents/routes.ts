import { randomUUID } from 'node:crypto'
import { consentsApi } from '../../shared/contract/api/consents.ts'
import { CONSENT_VERSION } from '../../shared/contract/consents.ts'
import type { Statement } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import type { AppContext } from '../http/env.ts'
import { refuse } from '../http/problem.ts'
import type { Serve } from '../http/serve.ts'
import { endConsent, findLiveConsent, insertConsent } from './store.ts'

/** `/consents`: without a live one no camera opens and no face is kept. Withdrawing it erases the face. */
export function serveConsents(serve: Serve, { db, audit, now, guard }: Deps, eraseFaces: EraseFaces): void {
  const answer = async (c: AppContext) => ({
    current_version: CONSENT_VERSION,
    consent: await findLiveConsent(db, c.get('user').id),
  })
  const lineOf = (c: AppContext, action: string) => ({
    userId: c.get('user').id,
    action,
    entityType: 'consent',
    entityId: c.get('user').id,
    details: { version: CONSENT_VERSION },
    ipAddress: c.get('address'),
  })

  serve(consentsApi.read, answer)

  serve(consentsApi.give, async (c, { body: { version } }) => {
    const userId = c.get('user').id
    if (version !== CONSENT_VERSION) refuse('conflict', NEWER_TEXT)
    if ((await findLiveConsent(db, userId)) === null)
      await audit.write(
        [endConsent(userId, now()), insertConsent(randomUUID(), userId, now())],
        lineOf(c, 'give_consent'),
      )
    return answer(c)
  })

  serve(consentsApi.withdraw, async (c) => {
    // With the rows of the face, so that none comes in between. The key goes first: if that fails the consent stands,
    // and the withdrawal can be asked for again.
    const { id } = c.get('user')
    await eraseFaces(id, { userId: id, ipAddress: c.get('address') }, [endConsent(id, now())])
    await audit.write([], lineOf(c, 'withdraw_consent'))
    guard.forget(c.get('user').id)
    return answer(c)
  })
}

/** Destroys a user's face: rows, keys, and what is in memory. `also` is written with the rows, all or none. */
export type EraseFaces = (
  userId: string,
  by: { userId: string; ipAddress: string },
  also: readonly Statement[],
) => Promise<void>

const NEWER_TEXT = {
  detail: {
    id: 'Teks persetujuan sudah diperbarui. Muat ulang lalu baca yang baru.',
    en: 'The consent text has changed. Reload and read the new one.',
  },
}
