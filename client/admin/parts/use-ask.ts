import { useEffect, useRef, useState } from 'preact/hooks'
import { type ApiProblem, toProblem } from '../../core/api-problem.ts'

export interface Answered<T> {
  /** The newest answer; stays while the next one is under way. */
  readonly data: T | null
  readonly problem: ApiProblem | null
  readonly busy: boolean
  reload(): void
}

/** Asks when the screen comes, when `key` changes, and on `reload`. Answers that come too late are dropped. */
export function useAsk<T>(key: string, ask: () => Promise<T>): Answered<T> {
  const [state, setState] = useState<{ data: T | null; problem: ApiProblem | null; busy: boolean }>({
    data: null,
    problem: null,
    busy: true,
  })
  const [turn, setTurn] = useState(0)
  const askNow = useRef(ask)
  askNow.current = ask
  // `key` and `turn` stand for what is asked; `ask` itself is new with every rendering.
  const question = `${turn} ${key}`
  useEffect(() => {
    let current = question !== ''
    setState((old) => ({ ...old, busy: true }))
    askNow.current().then(
      (data) => current && setState({ data, problem: null, busy: false }),
      (error: unknown) => {
        const problem = toProblem(error)
        if (problem.code === 'internal') console.error(problem.cause ?? problem)
        if (current) setState((old) => ({ ...old, problem, busy: false }))
      },
    )
    return () => {
      current = false
    }
  }, [question])
  return { ...state, reload: () => setTurn((old) => old + 1) }
}
