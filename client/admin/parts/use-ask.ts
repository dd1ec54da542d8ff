import { useEffect, useRef, useState } from 'preact/hooks'
import { type ApiProblem, toProblem } from '../../core/api-problem.ts'

export interface Answered<T> {
  /** The newest answer; stays while the next one is under way. */
  readonly data: T | null
  readonly problem: ApiProblem | null
  readonly busy: boolean
  /** `data` answers the present key, not one before it. */
  readonly isCurrent: boolean
  /** Asks again. Resolves when that answer is in `data`, or failed: what closes after it leaves nobody before old rows. */
  reload(): Promise<void>
}

/** Asks when the screen comes, when `key` changes, and on `reload`. Answers that come too late are dropped. */
export function useAsk<T>(key: string, ask: () => Promise<T>): Answered<T> {
  const [{ answers, ...state }, setState] = useState<{
    data: T | null
    answers: string | null
    problem: ApiProblem | null
    busy: boolean
  }>({ data: null, answers: null, problem: null, busy: true })
  const [turn, setTurn] = useState(0)
  const waiting = useRef<(() => void)[]>([])
  const tell = () => {
    for (const done of waiting.current.splice(0)) done()
  }
  const askNow = useRef({ key, ask })
  askNow.current = { key, ask }
  // `key` and `turn` stand for what is asked; `ask` itself is new with every rendering.
  const question = `${turn} ${key}`
  useEffect(() => {
    let current = question !== ''
    setState((old) => ({ ...old, busy: true }))
    const asked = askNow.current
    asked.ask().then(
      (data) => {
        if (!current) return
        setState({ data, answers: asked.key, problem: null, busy: false })
        tell()
      },
      (error: unknown) => {
        const problem = toProblem(error)
        if (problem.code === 'internal') console.error(problem.cause ?? problem)
        if (!current) return
        setState((old) => ({ ...old, problem, busy: false }))
        tell()
      },
    )
    return () => {
      current = false
    }
  }, [question])
  const isGone = useRef(false)
  useEffect(
    () => () => {
      isGone.current = true
      tell()
    },
    [],
  )
  const reload = () =>
    new Promise<void>((resolve) => {
      // A screen that was left shows nothing: whoever waits for it goes on.
      if (isGone.current) return resolve()
      waiting.current.push(resolve)
      setTurn((old) => old + 1)
    })
  return { ...state, isCurrent: answers === key, reload }
}
