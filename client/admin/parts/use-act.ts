import { useRef, useState } from 'preact/hooks'
import { type ApiProblem, toProblem } from '../../core/api-problem.ts'

export interface Act {
  readonly busy: boolean
  readonly problem: ApiProblem | null
  /** Runs `work` unless something is running; what fails ends up in `problem`. */
  run(work: () => Promise<void>): void
  /** Forgets what failed. */
  clear(): void
  /** For "try again" where what is shown is asked for, too: forgets what failed, and asks. */
  again(ask: () => unknown): () => void
}

/** One act at a time for a form or a row of buttons. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const running = useRef(false)
  return {
    busy,
    problem,
    clear: () => setProblem(null),
    again: (ask) => () => {
      setProblem(null)
      void ask()
    },
    run(work) {
      if (running.current) return
      running.current = true
      setBusy(true)
      setProblem(null)
      work()
        .catch((error: unknown) => {
          const failed = toProblem(error)
          if (failed.code === 'internal') console.error(failed.cause ?? failed)
          setProblem(failed)
        })
        .finally(() => {
          running.current = false
          setBusy(false)
        })
    },
  }
}
