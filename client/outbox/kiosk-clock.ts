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

/** A moment from which the time is carried on, ms. */
interface Anchor {
  readonly mono: number
  /** Wall clock less monotonic clock: the least seen since, and how far it rose above that at most. */
  least: number
  risen: number
}

/**
 * A monotonic clock stands while the tablet sleeps, on most systems (w3c/hr-time, "Ticking during sleep"). It is known by the
 * wall clock, which steps ahead of it then, also where somebody set it back before: what is stamped has no elapsed time until
 * the server is heard again, and the time shown goes by where the wall clock is now. Steps are seen when the clock is read, by
 * the screen each second.
 * @param monotonic milliseconds, never set back within a page's life: `() => performance.now()`
 * @param wall ms since 1970, whatever the tablet believes: `() => Date.now()`
 */
export function createKioskClock(monotonic: () => number, wall: () => number): KioskClock {
  let token = ''
  let heardAt: Anchor | null = null
  let server: (Anchor & { readonly time: number }) | null = null
  const drop = (): Anchor => {
    const mono = monotonic()
    return { mono, least: wall() - mono, risen: 0 }
  }
  /** Whichever time is asked for, a step is seen for both. */
  const read = () => {
    const mono = monotonic()
    const ahead = wall() - mono
    for (const anchor of [heardAt, server]) {
      if (anchor === null) continue
      anchor.least = Math.min(anchor.least, ahead)
      anchor.risen = Math.max(anchor.risen, ahead - anchor.least)
    }
    return { mono, ahead }
  }
  /** The time since an anchor, ms; not `sure` where the tablet slept. */
  const since = (then: Anchor) => {
    const { mono, ahead } = read()
    const elapsed = mono - then.mono
    return then.risen > SLACK_MS ? { ms: elapsed + ahead - then.least, sure: false } : { ms: elapsed, sure: true }
  }

  return {
    heard(next, serverTime) {
      token = next
      heardAt = drop()
      if (serverTime !== null) server = { time: serverTime, ...heardAt }
    },
    serverSaid(time) {
      server = { time, ...drop() }
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
      if (server === null) {
        const { mono, ahead } = read()
        return { ms: mono + ahead, trusted: false }
      }
      const { ms, sure } = since(server)
      return { ms: Math.round(server.time + ms), trusted: sure }
    },
  }
}
