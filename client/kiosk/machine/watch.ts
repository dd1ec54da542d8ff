import type { Eye } from './eye.ts'
import { type Place, placeOf } from './near.ts'

/** With nobody there, ten looks a second are enough to see who comes, ms. */
const IDLE_GAP_MS = 90

/** Frames in a row without anybody near: she stepped back, and did not only turn. */
const GONE = 3

/** Looks at the camera's frames while nobody walks. */
export interface Watch {
  /** Tells of each frame where the nearest person stands, until `stop` or another `start`; never without camera or networks. */
  start(told: (place: Place) => void): void
  /**
   * Resolves when whoever is there stepped back, after `least` ms at the earliest and `most` at the latest, or with `stop`.
   * @returns whether she stood there all the while, until `most` was over
   */
  untilGone(least: number, most: number): Promise<boolean>
  stop(): void
}

export function createWatch(eye: Eye): Watch {
  let end: (() => void) | null = null
  let stopWaiting: () => void = () => undefined
  function stop(): void {
    end?.()
    end = null
    stopWaiting()
  }
  const watch: Watch = {
    stop,
    async untilGone(least, most) {
      const from = performance.now()
      let away = 0
      let [isSeen, hasGone] = [false, false]
      const stays = await new Promise<boolean>((resolve) => {
        watch.start((place) => {
          isSeen = true
          away = place === 'near' || place === 'two' ? 0 : away + 1
          // Whoever comes back may be the next one.
          hasGone ||= away >= GONE
          if (hasGone && performance.now() - from > least) resolve(false)
        })
        stopWaiting = () => resolve(false)
        setTimeout(() => resolve(isSeen && !hasGone && away === 0), most)
      })
      stop()
      return stays
    },
    start(told) {
      stop()
      const ready = eye.ready()
      if (ready === null) return
      let last = 0
      let somebody = false
      const mine = ready.camera.eachFrame(async (image, at) => {
        if (!somebody && at - last < IDLE_GAP_MS) return image.close()
        last = at
        try {
          const place = placeOf(await ready.engine.look(image, at))
          if (end !== mine) return
          somebody = place !== 'nobody'
          told(place)
        } catch (error) {
          console.error(error)
          eye.breakEngine()
        } finally {
          image.close()
        }
      })
      end = mine
    },
  }
  return watch
}
