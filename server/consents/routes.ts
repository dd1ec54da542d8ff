import { randomUUID } from 'node:crypto'
import { consentsApi } from '../../shared/contract/api/consents.ts'
import { CONSENT_VERSION } from '../../shared/contract/consents.ts'
import type { Deps } from '../deps.ts'
import type { Faces } from '../face/faces.ts'
import type { AppContext } from '../http/env.ts'
import { refuse } from '../http/problem.ts'
import type { Serve } from '../http/serve.ts'
import { endConsent, insertConsent, readConsentState } from './store.ts'
import { withdrawConsent } from './withdraw.ts'

/** `/consents`: without a live one no camera opens and no face is kept. Withdrawing it erases the face. */
export function serveConsents(serve: Serve, deps: Deps, eraseFaces: Faces['erase']): void {
  const { db, audit, now } = deps
  const answer = async (c: AppContext) => {
    const { self, guardian, guardianWanted } = await readConsentState(db, c.get('user').id)
    return {
      current_version: CONSENT_VERSION,
      consent: self,
      ...(guardianWanted ? { guardian: { wanted: true, consent: guardian } } : {}),
    }
  }

  serve(consentsApi.read, answer)

  serve(consentsApi.give, async (c, { body: { version } }) => {
    const { id: userId } = c.get('user')
    if (version !== CONSENT_VERSION) refuse('conflict', NEWER_TEXT)
    if ((await readConsentState(db, userId)).self === null)
      await audit.write([endConsent(userId, now()), insertConsent(randomUUID(), userId, now())], {
        userId,
        action: 'give_consent',
        entityType: 'consent',
        entityId: userId,
        details: { version: CONSENT_VERSION },
        ipAddress: c.get('address'),
      })
    return answer(c)
  })

  serve(consentsApi.withdraw, async (c) => {
    const userId = c.get('user').id
    const by = { userId, ipAddress: c.get('address') }
    const receipt = await withdrawConsent(deps, eraseFaces, { userId, kind: 'self' }, by)
    return { ...(await answer(c)), receipt }
  })
}

const NEWER_TEXT = {
  detail: {
    id: 'Teks persetujuan sudah diperbarui. Muat ulang lalu baca yang baru.',
    en: 'The consent text has changed. Reload and read the new one.',
  },
}
