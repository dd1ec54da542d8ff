/** Something that must move from time to time. */
export interface Standing {
  /** Aborted when nothing has moved for too long. */
  readonly signal: AbortSignal
  moved(): void
  /** It is done: nothing is aborted any more. */
  end(): void
}

/**
 * Aborts when nothing has moved for some time. Counted in ticks: a thread that was busy, or a page at rest, has fewer of
 * them.
 * @param patience s
 */
export function watchStanding(patience: number): Standing {
  const stopping = new AbortController()
  let standing = 0
  const end = () => clearInterval(timer)
  const timer = setInterval(() => {
    standing += 1
    if (standing < patience) return
    end()
    stopping.abort()
  }, 1000)
  return {
    signal: stopping.signal,
    moved() {
      standing = 0
    },
    end,
  }
}
