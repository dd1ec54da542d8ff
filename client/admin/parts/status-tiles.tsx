import type { DaySummary } from '../../../shared/attendance/summary.ts'
import { useLanguage, useWords } from '../app-context.ts'
import { formatCount } from '../format.ts'
import { common } from '../texts.ts'

/** What is counted of a session’s day, in the order it is read. */
export const COUNTED = ['hadir', 'terlambat', 'izin', 'sakit', 'belum', 'alfa'] as const

/** A day's counts, a tile each. */
export function StatusTiles({ counts }: { counts: Pick<DaySummary, (typeof COUNTED)[number]> }) {
  const general = useWords(common)
  const language = useLanguage()
  return (
    <dl class="tiles">
      {COUNTED.map((name) => (
        <div key={name} class={`tile ${name}`}>
          <dt>{general.status[name]}</dt>
          <dd class="numbers" data-testid={`count-${name}`}>
            {formatCount(counts[name], language)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
