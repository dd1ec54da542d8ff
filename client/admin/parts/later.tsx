import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type ApiProblem, toProblem } from '../../core/api-problem.ts'
import { useWords } from '../app-context.ts'
import { common } from '../texts.ts'
import { Skeleton } from './data-table.tsx'
import { ProblemLine } from './problem-line.tsx'

/** A component whose code is fetched when it is first shown. `load` has to be the same function at every rendering. */
export function Later<P extends object>({ load, props }: { load: () => Promise<ComponentType<P>>; props: P }) {
  const words = useWords(common)
  const [shown, setShown] = useState<{ is: ComponentType<P> } | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  useEffect(() => {
    load().then(
      (is) => setShown({ is }),
      (error: unknown) => setProblem(toProblem(error)),
    )
  }, [load])
  // A browser remembers an import that failed: only a reload helps.
  if (problem) return <ProblemLine problem={problem} onRetry={() => location.reload()} />
  return shown ? <shown.is {...props} /> : <Skeleton label={words.loading} lines={6} />
}
