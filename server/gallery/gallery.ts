import { bytesToVector } from '../../shared/face/bytes.ts'
import { makeTemplate } from '../../shared/face/match.ts'
import type { FaceModel } from '../../shared/face/model.ts'
import type { Vector } from '../../shared/face/vector.ts'
import type { Db } from '../db/open.ts'
import { readSettledPairs } from '../face/cases/store.ts'
import type { Scope } from '../users/scope.ts'
import { createFaceIndex, type Neighbour } from './index.ts'
import { type Member, readEncodings, readMembers, readMembersAround, readMembersWithin } from './store.ts'
import type { Vault } from './vault.ts'

/** A claimed person and those she could be mistaken for. Templates are copies: they outlive later changes. */
export interface Surroundings {
  readonly claimed: Float32Array | null
  readonly rivals: readonly Float32Array[]
  /** Those of them a person found to be somebody else who only looks the same: no rivals, a reason for a second look. */
  readonly twins: readonly Float32Array[]
}

/**
 * Who can be recognised now. The database says who is in it at the moment of asking (active, consenting, enrolled: a
 * withdrawn consent counts at once, an enrolment made by another process too); memory only keeps what was opened.
 */
export interface Gallery {
  around(claim: { userId: string; kelas: string | null; deviceId: string | null }): Promise<Surroundings>
  /** The templates of a scope by user, to be searched (shared/face/identify.ts); null when there are more than `limit`. */
  within(scope: Scope, limit: number): Promise<ReadonlyMap<string, Float32Array> | null>
  /** The nearest of everybody whom `among` lets through, or null. */
  nearestTo(probe: Vector, among: (userId: string) => boolean): Promise<Neighbour | null>
  /** Opens everybody's template before the first check-in needs it. */
  warm(): Promise<number>
  /** Drops what is opened of a user. */
  forget(userId: string): void
}

/** Members whose shots are read in one go: the event loop gets a turn in between. */
const AT_ONCE = 100

/** The gallery of one model over a database and a vault. */
export function createGallery(db: Db, vault: Vault, model: FaceModel): Gallery {
  const index = createFaceIndex(model.length)

  /** Reads and opens some members' shots; those whose shots do not open are dropped. */
  const load = async (members: readonly Member[]): Promise<void> => {
    const stored = await readEncodings(db, members)
    const plains = await vault.openAll(
      stored.map(({ id, userId, model: form, sealed }) => ({
        binding: { kind: 'encoding', userId, id, form },
        sealed,
      })),
    )
    for (const { userId, enrolmentId } of members) {
      const vectors = plains.flatMap((plain, i) => {
        const vector = stored[i]?.userId === userId && plain !== null ? bytesToVector(plain) : null
        return vector?.length === model.length ? [vector] : []
      })
      if (vectors.length > 0) index.put(userId, enrolmentId, makeTemplate(model, vectors))
      else index.remove(userId)
      for (const vector of vectors) vector.fill(0)
    }
    for (const plain of plains) plain?.fill(0)
  }

  /** Brings these members' templates up to date; the ids of those who have one. */
  const openMembers = async (members: readonly Member[]): Promise<Set<string>> => {
    const stale = members.filter(({ userId, enrolmentId }) => index.enrolmentOf(userId) !== enrolmentId)
    for (let from = 0; from < stale.length; from += AT_ONCE) await load(stale.slice(from, from + AT_ONCE))
    const current = members.filter(({ userId, enrolmentId }) => index.enrolmentOf(userId) === enrolmentId)
    return new Set(current.map(({ userId }) => userId))
  }

  /** All members, opened; whoever is in memory and no longer a member is dropped. */
  const openAll = async (): Promise<Set<string>> => {
    const opened = await openMembers(await readMembers(db, model.id))
    for (const userId of index.userIds()) if (!opened.has(userId)) index.remove(userId)
    return opened
  }

  return {
    around: async (claim) => {
      const opened = await openMembers(await readMembersAround(db, model.id, claim))
      const templates = new Map([...opened].map((userId) => [userId, index.templateOf(userId)?.slice() ?? null]))
      if (!opened.has(claim.userId)) index.remove(claim.userId)
      const claimed = templates.get(claim.userId) ?? null
      templates.delete(claim.userId)
      const settled = await readSettledPairs(db, claim.userId)
      const others = (twins: boolean) =>
        [...templates].flatMap(([id, template]) => (template !== null && settled.has(id) === twins ? [template] : []))
      return { claimed, rivals: others(false), twins: others(true) }
    },
    within: async (scope, limit) => {
      const members = await readMembersWithin(db, model.id, scope, limit + 1)
      if (members.length > limit) return null
      const opened = await openMembers(members)
      return new Map(
        [...opened].flatMap((userId) => {
          const template = index.templateOf(userId)
          return template === null ? [] : [[userId, template.slice()] as const]
        }),
      )
    },
    nearestTo: async (probe, among) => {
      const members = await openAll()
      return index.nearest(probe, (id) => members.has(id) && among(id))
    },
    warm: async () => (await openAll()).size,
    forget: (userId) => index.remove(userId),
  }
}
