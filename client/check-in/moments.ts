import { findActed } from '../../shared/liveness/acted.ts'
import type { Look, Wish } from './recorder.ts'

/** Pose within which a face is embedded, degrees: the network was measured near the front. */
const YAW = 15
const PITCH = 22
/** At most so many of a face at rest: before, between and after the challenges; the last is kept for the end. */
const MOST = 5
/** How long the end waits for a picture: after a nod or a smile the head comes up and the eyes open, ms. */
const LAST_MS = 1500
/**
 * An action that goes on, or is done again, is embedded anew after this long, and the newest counts: the server wants one from
 * not long before the challenge was met (`ACTED_MS` in shared/liveness/acted.ts), ms.
 */
const ANEW_MS = 1500

/** Eyes open, near the front, alone: a picture worth embedding. */
export function isPresentable({ frame, measures, session }: Look): boolean {
  if (frame.faces !== 1 || !measures) return false
  const { yaw, pitch } = measures.pose
  return Math.abs(yaw) <= YAW && Math.abs(pitch) <= PITCH && measures.ear > 0.75 * (session.rest?.openEar ?? 0)
}

export interface Moments {
  /** What is to be embedded of this frame; asked once of each, in order. */
  take(look: Look): Wish
  /** After `take`: the challenges are over, and the end has its picture or has waited for one long enough. */
  isOver(look: Look): boolean
}

/**
 * Chooses which frames of a session are embedded: one while the face settles, one at each new prompt, one at the end, and one
 * of each action (eyes shut, head turned, a smile), so that whoever is embedded is there before, between and after the
 * challenges, and is who does them.
 */
export function chooseMoments(): Moments {
  let owed = false
  let taken = 0
  let settling = false
  /** When each challenge was last embedded, ms. */
  const acted = new Map<number, number>()
  return {
    take(look) {
      const { session, before, frame } = look
      if (session.phase === 'settling' && session.settled.length >= 5 && !settling) {
        settling = true
        owed = true
      }
      const turned = session.phase !== before.phase
      if (turned && (session.phase === 'asking' || session.phase === 'done')) owed = true
      // An action is over in a moment: its picture waits for nothing.
      const acting = findActed(session)
      if (acting !== null) {
        const until = Math.min(frame.t, session.met[acting]?.metAt ?? Number.POSITIVE_INFINITY)
        if (until - (acted.get(acting) ?? Number.NEGATIVE_INFINITY) >= ANEW_MS) {
          acted.set(acting, frame.t)
          return { shot: false, quality: 0, instead: acting }
        }
      }
      // Only the end does not wait until the one before is embedded: nobody stands there for long.
      const isEnd = session.phase === 'done'
      if (!owed || (look.busy && !isEnd) || taken >= (isEnd ? MOST : MOST - 1) || !isPresentable(look)) return null
      owed = false
      taken += 1
      return { shot: false, quality: 0 }
    },
    isOver({ session, frame }) {
      if (session.phase === 'failed') return true
      return session.phase === 'done' && (!owed || frame.t - session.since >= LAST_MS)
    },
  }
}
