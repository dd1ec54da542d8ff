import { usersApi } from '../../../../shared/contract/api/users.ts'
import { useStore } from '../../../core/store.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { DayFilter } from '../../parts/date-input.tsx'
import { FilterChip } from '../../parts/filter-chip.tsx'
import { Select } from '../../parts/inputs.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import { common } from '../../texts.ts'
import { actionTexts } from './action-texts.ts'
import { ActorField } from './actor-field.tsx'
import { detailTexts } from './detail-texts.ts'
import { type Line, shortId, tellAction, tellEntity } from './tell-line.ts'
import { auditTexts } from './texts.ts'

const byText = (a: readonly [string, string], b: readonly [string, string]) => a[1].localeCompare(b[1])

/** The filters of the log, kept in the address. `lines`: those shown, for the name of whoever is filtered by. */
export function AuditFilters({ lines }: { lines: readonly Line[] }) {
  const words = useWords(auditTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api, router } = useAdmin()
  const { filters } = useStore(router)
  const { action = '', entity_type = '', from = '', until = '', user_id, entity_id } = filters
  const set = (name: string) => (value: string) => router.filter({ [name]: value, offset: '' })
  const options = (codes: readonly string[], chosen: string, tell: (code: string) => string) => {
    const all = chosen === '' || codes.includes(chosen) ? codes : [...codes, chosen]
    return [['', general.all] as const, ...all.map((code) => [code, tell(code)] as const).sort(byText)]
  }
  const named = (id: string) => lines.flatMap((line) => line.named).find((one) => one.id === id)?.name
  const shown = lines.find((line) => line.user_id === user_id)?.name
  // Who has no line here is asked for.
  const wanted = shown ? '' : (user_id ?? '')
  const { data: account } = useAsk(`account ${wanted}`, async () =>
    wanted === '' ? null : (await api.call(usersApi.read, { params: { id: wanted } })).user,
  )
  const name = shown ?? (account?.id === user_id ? account?.name : undefined) ?? words.account(shortId(user_id ?? ''))
  return (
    <>
      <div class="filters">
        <ActorField />
        <Select
          label={words.action}
          value={action}
          onChange={set('action')}
          testId="filter-action"
          options={options(Object.keys(actionTexts.id), action, (code) => tellAction(code, language))}
        />
        <Select
          label={words.about}
          value={entity_type}
          onChange={set('entity_type')}
          testId="filter-entity"
          options={options(Object.keys(detailTexts.id.entity), entity_type, (code) => tellEntity(code, language))}
        />
        <DayFilter label={words.from} value={from} name="from" testId="filter-from" />
        <DayFilter label={words.until} value={until} name="until" testId="filter-until" />
      </div>
      {(user_id || entity_id) && (
        <div class="row-actions">
          {user_id && <FilterChip name="user_id" text={words.onlyBy(name)} />}
          {entity_id && <FilterChip name="entity_id" text={words.onlyAbout(named(entity_id) ?? shortId(entity_id))} />}
        </div>
      )}
    </>
  )
}
