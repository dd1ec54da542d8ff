import type { Atlas } from './atlas.ts'
import { actOn, valueAt } from './player/acts.ts'

const FPS = 30

/**
 * A raw motion-JPEG clip of a puppet that does one thing over and over, whatever is asked: a recording.
 * @param seconds how long; the act is done every four seconds
 */
export function makeClip({ frames, reach }: Atlas, challenge: string, seconds: number): Buffer {
  const act = actOn(challenge, reach, () => 0.5)
  if (!act) throw new Error(`no such act: ${challenge}`)
  const pictures = Array.from({ length: seconds * FPS }, (_, i) => {
    const t = ((i * 1000) / FPS) % 4000
    const value = t < act.lasts ? valueAt(act, t) : 0
    const along = frames.filter((frame) => frame[act.axis] !== 0 || frame === frames[0])
    const nearest = along.reduce((best, frame) =>
      Math.abs(frame[act.axis] - value) < Math.abs(best[act.axis] - value) ? frame : best,
    )
    return Buffer.from(nearest.jpeg, 'base64')
  })
  return Buffer.concat(pictures)
}
