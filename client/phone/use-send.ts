import { useRef, useState } from 'preact/hooks'
import { type ApiProblem, toProblem } from '../core/api-problem.ts'

export interface Sending {
  readonly busy: boolean
  readonly problem: ApiProblem | null
  /** Runs `work` unless it is running already; a failure ends up in `problem`. */
  send(work: () => Promise<void>): void
}

/** One act at a time for a form or a button, with its failure. */
export function useSend(): Sending {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const running = useRef(false)
  async function run(work: () => Promise<void>): Promise<void> {
    running.current = true
    setBusy(true)
    setProblem(null)
    try {
      await work()
    } catch (error) {
      const failed = toProblem(error)
      if (failed.code === 'internal') console.error(failed.cause ?? failed)
      setProblem(failed)
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  return {
    busy,
    problem,
    send: (work) => {
      if (!running.current) void run(work)
    },
  }
}
