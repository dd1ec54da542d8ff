import { type ApiProblem, toProblem } from '../../core/api-problem.ts'

/** The longest pause after failures, ms. */
const LONGEST_MS = 30_000

interface Polling {
  /** @returns whether there is nothing more to look for */
  readonly look: () => Promise<boolean>
  /** Between two looks, ms. */
  readonly every: number
  /** What a look failed with; null once one came through. */
  readonly onProblem: (problem: ApiProblem | null) => void
}

/**
 * Looks again and again, one look at a time, until it is done. After a failure the pause doubles, or is what the server asks
 * for; nobody who is signed out, or may not look, is let try again. @returns the way to stop it
 */
export function poll({ look, every, onProblem }: Polling): () => void {
  let stopped = false
  let failures = 0
  let timer = setTimeout(turn, every)

  async function turn(): Promise<void> {
    const { done, pause } = await lookOnce()
    if (!stopped && !done) timer = setTimeout(turn, pause)
  }

  async function lookOnce(): Promise<{ done: boolean; pause: number }> {
    try {
      const done = await look()
      if (!stopped) onProblem(null)
      failures = 0
      return { done, pause: every }
    } catch (error) {
      const problem = toProblem(error)
      if (!stopped) onProblem(problem)
      failures += 1
      const pause = Math.max(Math.min(LONGEST_MS, every * 2 ** failures), (problem.retryAfter ?? 0) * 1000)
      return { done: problem.code === 'unauthenticated' || problem.code === 'forbidden', pause }
    }
  }

  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
