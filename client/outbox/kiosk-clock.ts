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
  /** ms since 1970; `trusted` when it comes from the server and the monotonic clock, else the wall clock's. */
  now(): { readonly ms: number; readonly trusted: boolean }
}

/**
 * @param monotonic milliseconds, never set back within a page's life: `() => performance.now()`
 * @param wall ms since 1970, whatever the tablet believes: `() => Date.now()`
 */
export function createKioskClock(monotonic: () => number, wall: () => number): KioskClock {
  let token = ''
  let heardAt: number | null = null
  let server: { readonly time: number; readonly at: number } | null = null

  return {
    heard(next, serverTime) {
      token = next
      heardAt = monotonic()
      if (serverTime !== null) server = { time: serverTime, at: heardAt }
    },
    serverSaid(time) {
      server = { time, at: monotonic() }
    },
    restore(before) {
      if (heardAt === null) token = before
    },
    stamp: () => ({
      time_token: token,
      elapsed_ms: heardAt === null ? null : Math.max(0, Math.round(monotonic() - heardAt)),
      wall_time: new Date(wall()).toISOString(),
    }),
    now: () =>
      server === null
        ? { ms: wall(), trusted: false }
        : { ms: Math.round(server.time + (monotonic() - server.at)), trusted: true },
  }
}
