const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** Plain values only: an object could carry a secret along unseen. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Structured log: one JSON object a line. Callers pass ids, codes and durations; never a body, a token or a name. */
export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

/** A log that writes the lines at or above `level` with `write` (a line comes without its end). */
export function createLog(level: (typeof LEVELS)[number], now: () => number, write: (line: string) => void): Log {
  const from = LEVELS.indexOf(level)
  const at = (name: 'debug' | 'info' | 'warn' | 'error') => (event: string, fields?: LogFields) => {
    if (LEVELS.indexOf(name) >= from)
      write(JSON.stringify({ time: new Date(now()).toISOString(), level: name, event, ...fields }))
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/**
 * What of an unexpected error may be logged: its class, its code and where it was thrown. The message stays out,
 * since a library's message may hold the data that upset it.
 */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    error: error.name,
    code: 'code' in error ? String(error.code) : undefined,
    at: frames
      .slice(0, 6)
      .map((line) => line.trim())
      .join(' | '),
  }
}
