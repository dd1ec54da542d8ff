import type { Look } from './recorder.ts'

/** Pose within which a face is embedded, degrees: the network was measured near the front. */
const YAW = 15
const PITCH = 22
/** At most so many for identity: before, between and after the challenges. */
const MOST = 6

/** Eyes open, near the front, alone: a picture worth embedding. */
export function isPresentable({ frame, measures, session }: Look): boolean {
  if (frame.faces !== 1 || !measures) return false
  const { yaw, pitch } = measures.pose
  return Math.abs(yaw) <= YAW && Math.abs(pitch) <= PITCH && measures.ear > 0.75 * (session.rest?.openEar ?? 0)
}

/**
 * Chooses which frames of a session are embedded: one while the face settles, one at each new prompt, one at the end,
 * so that whoever is embedded is there before, between and after the challenges.
 */
export function chooseMoments(): (look: Look) => boolean {
  let owed = 0
  let taken = 0
  let settling = false
  return (look) => {
    const { session, before } = look
    if (session.phase === 'settling' && session.settled.length >= 5 && !settling) {
      settling = true
      owed = 1
    }
    const turned = session.phase !== before.phase
    if (turned && (session.phase === 'asking' || session.phase === 'done')) owed = 1
    if (owed === 0 || taken >= MOST || !isPresentable(look)) return false
    owed = 0
    taken += 1
    return true
  }
}
