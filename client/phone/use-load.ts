import { useEffect, useRef, useState } from 'preact/hooks'
import { type ApiProblem, toProblem } from '../core/api-problem.ts'

export interface Loaded<T> {
  /** The newest answer; stays while a later load is under way or has failed. */
  readonly data: T | null
  readonly problem: ApiProblem | null
  reload(): void
}

/** Loads once when the screen comes, and again on `reload`. Answers that come out of order, or too late, are dropped. */
export function useLoad<T>(load: () => Promise<T>): Loaded<T> {
  const [data, setData] = useState<T | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const turn = useRef(0)
  const loadNow = useRef(load)
  loadNow.current = load

  function reload(): void {
    turn.current += 1
    const mine = turn.current
    loadNow.current().then(
      (value) => {
        if (turn.current !== mine) return
        setData(() => value)
        setProblem(null)
      },
      (error: unknown) => {
        if (turn.current === mine) setProblem(toProblem(error))
      },
    )
  }

  useEffect(() => {
    reload()
    return () => {
      turn.current += 1
    }
  }, [])
  return { data, problem, reload }
}
