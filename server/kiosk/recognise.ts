import { identify, searchSize } from '../../shared/face/identify.ts'
import { decide, makeTemplate } from '../../shared/face/match.ts'
import type { Deps } from '../deps.ts'
import type { Evidence } from '../evidence/assess.ts'
import type { TicketClaims } from '../evidence/ticket.ts'
import type { Faces } from '../face/faces.ts'
import { isInScope, type Scope } from '../users/scope.ts'
import { findUser, findUserByNim, type SignedInUser } from '../users/store.ts'
import type { Kiosk } from './store.ts'

/** Who stands before a kiosk. `ambiguous` and `many` are told of a search only: with a NIM there is a yes or an `unknown`. */
export type Recognition =
  | {
      readonly kind: 'matched'
      readonly person: SignedInUser
      readonly confidence: number
      /** A settled twin is nearer: a person has to look. */
      readonly twinNearer: boolean
    }
  | { readonly kind: 'ambiguous' | 'unknown' | 'many' }

/** Whom a kiosk may recognise: its classes' students, or everybody. */
export const scopeOfKiosk = ({ kelas }: Kiosk): Scope => (kelas === null ? { kind: 'all' } : { kind: 'kelas', kelas })

/** The person a NIM names, when this kiosk may recognise her. */
export async function findClaimed({ db }: Deps, kiosk: Kiosk, nim: string): Promise<SignedInUser | null> {
  const user = (await findUserByNim(db, nim))?.user ?? null
  return user?.isActive && isInScope(scopeOfKiosk(kiosk), user) ? user : null
}

/**
 * Recognises whoever stands before a kiosk: among its classes (1:N), or against the person of a NIM. Whoever was found by a
 * search is held against the rules of a claim too: the school's threshold, and nobody nearer in her class.
 * @param nim as typed; the ticket's person, where that names one, has to be the same
 */
export async function recognise(
  deps: Deps,
  faces: Faces,
  kiosk: Kiosk,
  { ticket, capture }: Evidence<TicketClaims>,
  nim: string | undefined,
): Promise<Recognition> {
  const { model } = capture
  const probe = makeTemplate(
    model,
    capture.embeddings.map(({ vector }) => vector),
  )
  const claimed = nim === undefined ? null : await findClaimed(deps, kiosk, nim)
  if (nim !== undefined && (claimed === null || (ticket.user !== null && ticket.user !== claimed.id)))
    return { kind: 'unknown' }
  const claimedId = claimed?.id ?? ticket.user

  let personId = claimedId
  if (personId === null) {
    const gallery = await faces.gallery.within(scopeOfKiosk(kiosk), searchSize(model))
    const found = gallery === null ? ({ kind: 'many' } as const) : identify(model, probe, gallery)
    if (found.kind !== 'matched') return found
    personId = found.userId
  }
  const person = await findUser(deps.db, personId)
  if (person === null || !isInScope(scopeOfKiosk(kiosk), person)) return { kind: 'unknown' }
  const around = await faces.gallery.around({ userId: person.id, kelas: person.kelas, deviceId: null })
  const {
    kind,
    confidence,
    twinNearer = false,
  } = decide(model, { probe, ...around }, deps.config.faceConfidenceThreshold)
  if (kind === 'matched') return { kind, person, confidence, twinNearer }
  return { kind: claimedId === null ? kind : 'unknown' }
}
