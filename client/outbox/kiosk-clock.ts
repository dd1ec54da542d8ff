import { SLACK_MS } from '../../shared/kiosk/captured-time.ts'

/** When an event was captured, as the contract's event says it. */
export interface TimeStamp {
  readonly time_token: string
  readonly elapsed_ms: number | null
  readonly wall_time: string
}

/** The kiosk's idea of time: what the server said last, and how long ago that was by a clock nobody can set. */
export interface KioskClock {
  /** A time token came, with the server's time (ms since 1970; null: the reply had none). The anchor is set to now. */
  heard(token: string, serverTime: number | null): void
  /** The server's time alone (`GET /kiosk/time`), when a signature was refused for its time: the anchor stays. */
  serverSaid(serverTime: number): void
  /** After a reload: the token of before, whose age nobody knows. Ignored once the server was heard. */
  restore(token: string): void
  stamp(): TimeStamp
  /** ms since 1970; `trusted` when it comes from the server and a monotonic clock that did not stand, else the wall clock's. */
  now(): { readonly ms: number; readonly trusted: boolean }
}

/** Both clocks at one moment, ms. */
interface Reading {
  readonly mono: number
  readonly wall: number
}

/**
 * A monotonic clock stands while the tablet sleeps, on most systems (w3c/hr-time, "Ticking during sleep"). It is known by the
 * wall clock, which went further then: what is stamped has no elapsed time until the server is heard again, and the time
 * shown goes by the wall clock's steps.
 * @param monotonic milliseconds, never set back within a page's life: `() => performance.now()`
 * @param wall ms since 1970, whatever the tablet believes: `() => Date.now()`
 */
export function createKioskClock(monotonic: () => number, wall: () => number): KioskClock {
  let token = ''
  let heardAt: Reading | null = null
  let server: (Reading & { readonly time: number }) | null = null
  const read = (): Reading => ({ mono: monotonic(), wall: wall() })
  /** The time since a reading, ms; not `sure` where the wall clock went further. */
  const since = (then: Reading) => {
    const { mono, wall } = read()
    const [elapsed, byWall] = [mono - then.mono, wall - then.wall]
    return byWall > elapsed + SLACK_MS ? { ms: byWall, sure: false } : { ms: elapsed, sure: true }
  }

  return {
    heard(next, serverTime) {
      token = next
      heardAt = read()
      if (serverTime !== null) server = { time: serverTime, ...heardAt }
    },
    serverSaid(time) {
      server = { time, ...read() }
    },
    restore(before) {
      if (heardAt === null) token = before
    },
    stamp: () => {
      const elapsed = heardAt === null ? null : since(heardAt)
      return {
        time_token: token,
        elapsed_ms: elapsed?.sure ? Math.max(0, Math.round(elapsed.ms)) : null,
        wall_time: new Date(wall()).toISOString(),
      }
    },
    now: () => {
      if (server === null) return { ms: wall(), trusted: false }
      const { ms, sure } = since(server)
      return { ms: Math.round(server.time + ms), trusted: sure }
    },
  }
}
