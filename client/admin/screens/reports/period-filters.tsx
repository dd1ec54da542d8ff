import { useStore } from '../../../core/store.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatPercent } from '../../format.ts'
import { DayFilter } from '../../parts/date-input.tsx'
import { Check, Select } from '../../parts/inputs.tsx'
import { KelasField } from '../../parts/kelas-field.tsx'
import { SessionField } from '../../parts/session-field.tsx'
import type { School } from '../../parts/use-school.ts'
import { common } from '../../texts.ts'
import { type Period, PRESETS, periodOf, presetOf } from './period.ts'
import { reportTexts } from './texts.ts'

/** What a period's report is broken down by. */
export const GROUPS = ['kelas', 'student', 'session'] as const
export type Group = (typeof GROUPS)[number]

/** Shares below which somebody needs attention, per cent. */
const LIMITS = ['75', '80', '85', '90', '95']
export const USUAL_LIMIT = '85'

/** Ranges of days to be chosen with one press. */
function Presets({ period, today }: { period: Period; today: string }) {
  const words = useWords(reportTexts)
  const { router } = useAdmin()
  const chosen = presetOf(period, today)
  return (
    <fieldset class="presets">
      <legend class="hidden-text">{words.range}</legend>
      {PRESETS.map((preset) => (
        <button
          key={preset}
          type="button"
          aria-pressed={preset === chosen}
          data-testid={`preset-${preset}`}
          onClick={() => router.filter({ ...periodOf(preset, today), offset: '' })}
        >
          {words.preset[preset]}
        </button>
      ))}
    </fieldset>
  )
}

/** What a period's report is of; all of it is kept in the address. */
export function PeriodFilters({ school, period, by }: { school: School; period: Period; by: Group }) {
  const words = useWords(reportTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { router } = useAdmin()
  const { filters } = useStore(router)
  const change = (name: string) => (value: string) => router.filter({ [name]: value, offset: '' })
  return (
    <>
      <Presets period={period} today={school.date} />
      <div class="filters">
        <DayFilter label={words.from} value={period.from} name="from" testId="from" />
        <DayFilter label={words.until} value={period.until} name="until" testId="until" />
        <KelasField label={words.kelas} all={general.all} value={filters.kelas ?? ''} onChange={change('kelas')} />
        <SessionField sessions={school.sessions} />
        <Select
          label={words.by}
          value={by}
          onChange={change('by')}
          testId="by"
          options={GROUPS.map((group) => [group, words.per[group]])}
        />
        <Select
          label={words.below}
          value={filters.below ?? USUAL_LIMIT}
          onChange={change('below')}
          options={LIMITS.map((limit) => [limit, formatPercent(Number(limit), language)])}
        />
        {by === 'student' && (
          <Check
            label={words.flagged}
            checked={filters.flagged === 'true'}
            onChange={(checked) => change('flagged')(checked ? 'true' : '')}
          />
        )}
      </div>
    </>
  )
}
