/** Why a captured time is not simply believed; a person looks at what it belongs to. */
export type TimeDoubt = 'token_unknown' | 'reloaded' | 'time_outside' | 'clock_back'

/** What is known of the moment of a capture. Times in ms since 1970, by the server's clock unless said otherwise. */
export interface CaptureClocks {
  /** The time in the event's token; null: it is no token of ours, or another kiosk's. */
  readonly tokenAt: number | null
  /** Monotonic ms from the token's arrival to the capture; null: the page was reloaded in between. */
  readonly elapsedMs: number | null
  /** What the kiosk's own clock said. */
  readonly wallAt: number
  /** When the capture's ticket was issued: nothing was captured with it before. */
  readonly issuedAt: number
  /** When the event came in. */
  readonly receivedAt: number
  /** The event before it of the same kiosk, where that is known: what its own clock said, and the time gone by. */
  readonly previous: { readonly wallAt: number; readonly instant: number; readonly trusted: boolean } | null
}

export interface CapturedTime {
  /** The moment to go by. */
  readonly instant: number
  /** Whether it is the server's time carried on, and not the kiosk's word. */
  readonly trusted: boolean
  readonly doubt: TimeDoubt | null
}

/**
 * How far two clocks that run by themselves may come apart while nobody touches them, ms: 200 parts in a million over three
 * days, twice what a computer's quartz is specified for.
 */
export const SLACK_MS = 60_000

/**
 * When a capture was made: the time of the kiosk's newest token and the monotonic time since. That is doubted when there is
 * no such token or no such time, and when it does not lie between the token (and the ticket) and the intake; then the
 * kiosk's own clock is all there is, held within these limits. A kiosk's clock that stepped back since the event before is
 * doubted too, though the time does not rest on it; so is a time before that event's, which an older token would give.
 */
export function readCapturedTime(clocks: CaptureClocks): CapturedTime {
  const { tokenAt, elapsedMs, wallAt, issuedAt, receivedAt, previous } = clocks
  const instant = tokenAt === null || elapsedMs === null ? null : tokenAt + elapsedMs
  if (instant !== null && instant >= issuedAt - SLACK_MS && instant <= receivedAt + SLACK_MS) {
    const held = Math.min(Math.max(instant, issuedAt), receivedAt)
    return { instant: held, trusted: true, doubt: isBehind(wallAt, held, previous) ? 'clock_back' : null }
  }
  const from = Math.min(Math.max(tokenAt ?? issuedAt, issuedAt), receivedAt)
  return {
    instant: Math.min(Math.max(wallAt, from), receivedAt),
    trusted: false,
    doubt: tokenAt === null ? 'token_unknown' : elapsedMs === null ? 'reloaded' : 'time_outside',
  }
}

/** Whether time ran backwards since the event before, or the kiosk's clock went less far than it. */
function isBehind(wallAt: number, instant: number, previous: CaptureClocks['previous']): boolean {
  if (previous === null) return false
  const gone = previous.trusted ? instant - previous.instant : 0
  return gone < -SLACK_MS || wallAt < previous.wallAt + Math.max(0, gone) - SLACK_MS
}
