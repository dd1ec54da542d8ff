import { type Identification, identify, searchSize } from '../../shared/face/identify.ts'
import { decide, makeTemplate } from '../../shared/face/match.ts'
import type { FaceModel } from '../../shared/face/model.ts'
import type { Vector } from '../../shared/face/vector.ts'
import type { Deps } from '../deps.ts'
import type { Evidence } from '../evidence/assess.ts'
import type { TicketClaims } from '../evidence/ticket.ts'
import type { Faces } from '../face/faces.ts'
import { isInScope, type Scope } from '../users/scope.ts'
import { findUser, findUserByNim, type SignedInUser } from '../users/store.ts'
import { scopeAt } from './open-classes.ts'
import { scopeOfKiosk } from './scope.ts'
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

/** The person a NIM names, when this kiosk may recognise her. */
export async function findClaimed({ db }: Deps, kiosk: Kiosk, nim: string): Promise<SignedInUser | null> {
  const user = (await findUserByNim(db, nim))?.user ?? null
  return user?.isActive && isInScope(scopeOfKiosk(kiosk), user) ? user : null
}

/**
 * Recognises whoever stands before a kiosk: among the classes whose session is open, else among its classes (1:N), or against
 * the person of a NIM. Whoever was found by a search is held against the rules of a claim too: the school's threshold, and
 * nobody nearer in her class.
 * @param nim as typed; the ticket's person, where that names one, has to be the same
 * @param instant when she stood there, ms
 */
export async function recognise(
  deps: Deps,
  faces: Faces,
  kiosk: Kiosk,
  { ticket, capture }: Evidence<TicketClaims>,
  { nim, instant }: { nim: string | undefined; instant: number },
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
    const found = await search(deps, faces, kiosk, { model, probe, instant })
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

/**
 * Looks for a face among the classes whose session is open. Whoever is not among them may be of another class of the kiosk:
 * looked for among all, by the limit for so many, to be told that it is not her session.
 */
async function search(
  deps: Deps,
  faces: Faces,
  kiosk: Kiosk,
  { model, probe, instant }: { model: FaceModel; probe: Vector; instant: number },
): Promise<Identification> {
  const among = async (scope: Scope): Promise<Identification> => {
    const gallery = await faces.gallery.within(scope, searchSize(model))
    return gallery === null ? { kind: 'many' } : identify(model, probe, gallery)
  }
  const [scope, all] = [await scopeAt(deps, kiosk, instant), scopeOfKiosk(kiosk)]
  const found = await among(scope)
  if (found.kind !== 'unknown' || JSON.stringify(scope) === JSON.stringify(all)) return found
  const elsewhere = await among(all)
  return elsewhere.kind === 'matched' ? elsewhere : found
}
