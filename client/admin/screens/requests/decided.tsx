import type { ComponentChildren } from 'preact'
import { useStore } from '../../../core/store.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import type { Column } from '../../parts/data-table.tsx'
import { Select } from '../../parts/inputs.tsx'
import { decidedTexts } from './decided-texts.ts'

type State = keyof typeof decidedTexts.id.states

/** Which of a queue’s states is shown, as the address says; `open` unless it names another one of them. */
export function useShownState<S extends State>(decided: readonly S[]): S | 'open' {
  const { filters } = useStore(useAdmin().router)
  return decided.find((one) => one === filters.state) ?? 'open'
}

interface StateFilterProps {
  readonly shown: State
  /** What may be shown beside what waits. */
  readonly decided: readonly State[]
  readonly testId: string
  /** Buttons beside it. */
  readonly children?: ComponentChildren
}

/** Chooses between what waits and what was decided; kept in the address. */
export function StateFilter({ shown, decided, testId, children }: StateFilterProps) {
  const words = useWords(decidedTexts)
  const { router } = useAdmin()
  return (
    <div class="filters">
      <Select
        label={words.which}
        value={shown}
        options={(['open', ...decided] as const).map((one) => [one, words.states[one]])}
        onChange={(value) => router.filter({ state: value === 'open' ? '' : value, offset: '' })}
        testId={testId}
      />
      {children}
    </div>
  )
}

interface Decided {
  readonly note: string | null
  readonly decided_at: string | null
  /** Left out where the list does not tell it. */
  readonly decided_by_name?: string | null
}

/** What became of a request: the answer, who decided and when. */
export function useDecidedColumns<T extends Decided>(): readonly Column<T>[] {
  const words = useWords(decidedTexts)
  const language = useLanguage()
  return [
    { key: 'note', title: words.answer, cell: ({ note }) => note || '–' },
    {
      key: 'decided',
      title: words.decided,
      cell: ({ decided_at, decided_by_name }) => (
        <span class="stacked">
          {decided_by_name && <span>{decided_by_name}</span>}
          <span class="muted">{formatMoment(decided_at, language)}</span>
        </span>
      ),
    },
  ]
}
