import type { ApiProblem } from '../core/api-problem.ts'
import { formatCountdown } from '../core/clock.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useCountdown } from '../ui/use-seconds.ts'
import { useTexts } from './app-context.ts'

interface ProblemNoticeProps {
  readonly problem: ApiProblem
  /** What it means just here, where the screen knows better. */
  readonly detail?: string | undefined
  readonly onRetry?: () => void
}

/** A call that failed, said inside the screen it happened on; counts down when the server asked for patience. */
export function ProblemNotice({ problem, detail, onRetry }: ProblemNoticeProps) {
  const { texts, language } = useTexts()
  const wait = useCountdown(problem.retryAfter ?? 0)
  const { title, body } = texts.failures[problem.code]
  // Why an account may not do something is known to the server alone, and its sentence is written for people.
  const why = detail ?? (problem.code === 'forbidden' && problem.detail ? problem.detail : body)
  return (
    <div data-testid="failure" data-failure={problem.code}>
      <Notice kind="bad" title={title} alert>
        <span>{why}</span>
        {wait > 0 && (
          <span class="numbers" aria-live="off">
            {texts.retryIn(formatCountdown(wait, language))}
          </span>
        )}
        {onRetry && (
          <Button testId="retry" disabled={wait > 0} onPress={onRetry}>
            {texts.retry}
          </Button>
        )}
      </Notice>
    </div>
  )
}
