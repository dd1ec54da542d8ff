import { streamSSE } from 'hono/streaming'
import { readWallClock } from '../../shared/attendance/zone.ts'
import { todayApi } from '../../shared/contract/api/today.ts'
import { todayBoardReply } from '../../shared/contract/today.ts'
import type { Deps } from '../deps.ts'
import type { AppContext } from '../http/env.ts'
import type { Serve } from '../http/serve.ts'
import type { Cache } from '../reports/cache.ts'
import { todayOf } from '../timetable/day.ts'
import { scopeOf } from '../users/scope.ts'
import { readBoard } from './board.ts'
import { listFaceFailures } from './face-failures.ts'

/** Seconds between two looks at the figures. */
const BEAT = 2
/** Every so many beats something is said, so that no proxy takes the stream for dead. */
const SIGN_OF_LIFE = 7

/**
 * `/admin/today`: the board, once or as events. Readers of the same scope share one reading. A stream ends by itself
 * within the minute: whoever asks again is checked again.
 */
export function serveToday(serve: Serve, deps: Deps, recent: Cache): void {
  const read = async (c: AppContext) => {
    const scope = await scopeOf(deps.db, c.get('user'))
    return recent.get(JSON.stringify([todayOf(deps), scope]), () => readBoard(deps, scope))
  }

  serve(todayApi.board, read)

  serve(todayApi.faceFailures, async (c, { query: { limit, offset } }) => {
    const scope = await scopeOf(deps.db, c.get('user'))
    const { total, rows } = await listFaceFailures(deps.db, scope, todayOf(deps), deps.now(), { limit, offset })
    const iso = (at: number) => readWallClock(at, deps.config.timeZone).iso
    return { total, limit, offset, data: rows.map(({ at, ...row }) => ({ ...row, at: iso(at) })) }
  })

  serve(todayApi.events, (c, { query }) => {
    c.header('X-Accel-Buffering', 'no')
    return streamSSE(c, async (stream) => {
      let told = ''
      for (let beat = 0; !stream.aborted; beat++) {
        const board = todayBoardReply.parse(await read(c))
        // The time alone is no news.
        const figures = JSON.stringify({ ...board, as_of: '' })
        if (figures !== told) await stream.writeSSE({ event: 'today', data: JSON.stringify(board) })
        else if (beat % SIGN_OF_LIFE === 0) await stream.writeSSE({ event: 'quiet', data: '' })
        told = figures
        if ((beat + 1) * BEAT > query.seconds) break
        await stream.sleep(BEAT * 1000)
      }
    })
  })
}
