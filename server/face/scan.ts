import { identify, searchSize } from '../../shared/face/identify.ts'
import { decide, makeTemplate, showOnePerson } from '../../shared/face/match.ts'
import type { Deps } from '../deps.ts'
import type { Embedding } from '../evidence/open-capture.ts'
import { type Outcome, refusal } from '../evidence/outcome.ts'
import type { Pictures } from '../evidence/receive.ts'
import { noteFailure } from '../evidence/store.ts'
import { type Scope, scopeOf } from '../users/scope.ts'
import type { SignedInUser } from '../users/store.ts'
import type { Faces } from './faces.ts'

/** Somebody recognised in a picture. */
interface Seen {
  readonly userId: string
  readonly confidence: number
}

/** Faces of one capture that are compared with a student: each is a guess at hers. */
const FACES_OF_STUDENT = 2

/**
 * Looks who is in a picture, every face by itself. A student is compared 1:1 with herself, nobody being nearer: all others
 * are nobody to her. More than two faces are refused to her, and a picture without her is a failure like a refused check-in.
 * Staff look among their scope (or one class of it); where that is larger than a search carries,
 * `many` is set and nobody is named. Marks nothing.
 */
export async function scanFaces(
  deps: Deps,
  faces: Faces,
  user: SignedInUser,
  { capture, ticket }: Pictures,
  kelas: string | undefined,
): Promise<Outcome> {
  const { model } = capture
  const groups = groupFaces(capture.embeddings)
  const isStudent = user.role === 'user'
  if (isStudent && groups.length > FACES_OF_STUDENT) return refusal('bad_capture')
  const look = await (isStudent ? lookForSelf(deps, faces, user, ticket.device) : lookAmong(deps, faces, user, kelas))
  const seen: { who: Seen | null; box: Embedding['box'] }[] = []
  for (const embeddings of groups) {
    const vectors = embeddings.map(({ vector }) => vector)
    const probe = showOnePerson(model, vectors) ? makeTemplate(model, vectors) : null
    const [first] = embeddings
    if (first !== undefined) seen.push({ who: probe === null ? null : (look?.(probe) ?? null), box: first.box })
  }
  // Nobody is in a picture twice: of two faces taken for one person, the nearer is she.
  const isBest = (who: Seen) =>
    !seen.some((one) => one.who !== who && one.who?.userId === who.userId && one.who.confidence >= who.confidence)
  const answer = seen.map(({ who, box }) => {
    const named = who !== null && isBest(who) ? who : null
    return { user_id: named?.userId ?? null, confidence: named?.confidence ?? 0, box }
  })
  const isMissed = isStudent && answer.length > 0 && answer.every(({ user_id }) => user_id === null)
  return {
    receipt: { kind: 'scanned', faces: answer, many: look === null },
    statements: isMissed ? [noteFailure(ticket.id)] : [],
  }
}

type Look = (probe: Float32Array) => Seen | null

async function lookForSelf({ config }: Deps, faces: Faces, user: SignedInUser, deviceId: string): Promise<Look> {
  const around = await faces.gallery.around({ userId: user.id, kelas: user.kelas, deviceId })
  return (probe) => {
    const decision = decide(faces.model, { probe, ...around }, config.faceConfidenceThreshold)
    if (decision.kind !== 'matched' || decision.twinNearer) return null
    return { userId: user.id, confidence: decision.confidence }
  }
}

/** Null where there are more people than a search carries. */
async function lookAmong(
  { db }: Deps,
  faces: Faces,
  user: SignedInUser,
  kelas: string | undefined,
): Promise<Look | null> {
  const gallery = await faces.gallery.within(narrow(await scopeOf(db, user), kelas), searchSize(faces.model))
  if (gallery === null) return null
  return (probe) => {
    const found = identify(faces.model, probe, gallery)
    return found.kind === 'matched' ? found : null
  }
}

/** A scope, cut to one class of it. */
function narrow(scope: Scope, kelas: string | undefined): Scope {
  if (kelas === undefined || scope.kind === 'self') return scope
  return { kind: 'kelas', kelas: scope.kind === 'all' || scope.kelas.includes(kelas) ? [kelas] : [] }
}

function groupFaces(embeddings: readonly Embedding[]): Embedding[][] {
  const groups = new Map<number, Embedding[]>()
  for (const one of embeddings) groups.set(one.face, [...(groups.get(one.face) ?? []), one])
  return [...groups.values()]
}
