import type { ApiProblem } from '../../core/api-problem.ts'
import { formatCountdown } from '../../core/clock.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useCountdown } from '../../ui/use-seconds.ts'
import { useLanguage, useWords } from '../app-context.ts'
import { common } from '../texts.ts'
import { tellFields } from './tell-fields.ts'

/** What failed, in the server's own sentence where it sent one, with a way on. */
export function ProblemLine({ problem, onRetry }: { problem: ApiProblem; onRetry?: () => void }) {
  const words = useWords(common)
  const language = useLanguage()
  const wait = useCountdown(problem.retryAfter ?? 0)
  const own = problem.code === 'no_network' ? words.problem.no_network : words.problem.other
  return (
    <div data-testid="problem" data-problem={problem.code}>
      <Notice kind="bad" alert>
        <span>{problem.detail || own}</span>
        {tellFields(problem.problem?.fields, language).map((line) => (
          <span key={line}>{line}</span>
        ))}
        {wait > 0 && (
          <span class="numbers" aria-live="off">
            {words.retryIn(formatCountdown(wait, language))}
          </span>
        )}
        {onRetry && (
          <Button disabled={wait > 0} onPress={onRetry}>
            {words.retry}
          </Button>
        )}
      </Notice>
    </div>
  )
}
