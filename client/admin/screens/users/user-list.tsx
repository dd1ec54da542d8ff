import { useState } from 'preact/hooks'
import { usersApi } from '../../../../shared/contract/api/users.ts'
import type { Account } from '../../../../shared/contract/people.ts'
import { useStore } from '../../../core/store.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatMoment } from '../../format.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Select } from '../../parts/inputs.tsx'
import { Page } from '../../parts/page.tsx'
import { Pager } from '../../parts/pager.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { CodeDialog, type NewCode } from '../students/student-form.tsx'
import { RoleBadge, StateBadge } from './account-badges.tsx'
import { userTexts } from './texts.ts'
import { UserForm } from './user-form.tsx'

const LIMIT = 50
const SORTS = ['name', 'nim', 'kelas', 'last_login', 'created_at'] as const
/** What is newest is looked for first. */
const orderOf = (sort: string) => (sort === 'last_login' || sort === 'created_at' ? 'desc' : 'asc')

/** The filters of the list, kept in the address. */
function Filters() {
  const words = useWords(userTexts)
  const general = useWords(common)
  const { router } = useAdmin()
  const { filters } = useStore(router)
  const choose = (name: string, label: string, choices: Readonly<Record<string, string>>) => (
    <Select
      label={label}
      value={filters[name] ?? ''}
      onChange={(value) => router.filter({ [name]: value, offset: '' })}
      testId={`filter-${name}`}
      options={[['', general.all], ...Object.entries(choices)]}
    />
  )
  const sort = filters.sort ?? 'name'
  return (
    <div class="filters">
      <SearchField label={words.search} value={filters.search ?? ''} />
      {choose('role', words.role, words.roles)}
      {choose('approval', words.approval, words.approvals)}
      {choose('active', words.activity, { true: general.yes, false: general.no })}
      <Select
        label={words.sort}
        value={sort}
        onChange={(value) => router.filter({ sort: value, order: orderOf(value), offset: '' })}
        testId="sort"
        options={SORTS.map((name) => [name, words.sorts[name]])}
      />
    </div>
  )
}

/** Every account, found by role, state and name. */
export function UserList() {
  const words = useWords(userTexts)
  const language = useLanguage()
  const { api, router } = useAdmin()
  const { filters } = useStore(router)
  const [adding, setAdding] = useState(false)
  const [code, setCode] = useState<NewCode | null>(null)
  const { search, role, approval, active, sort, order } = filters
  const offset = Math.max(0, Math.trunc(Number(filters.offset)) || 0)
  const query = { search, role, approval, active, sort, order, limit: LIMIT, offset }
  const asked = useAsk(JSON.stringify(query), () => api.call(usersApi.list, { query }))
  const columns: readonly Column<Account>[] = [
    { key: 'name', title: words.name, cell: (row) => <a href={addressOf(['users', row.id])}>{row.name}</a> },
    { key: 'nim', title: words.nim, cell: (row) => row.nim },
    { key: 'role', title: words.role, cell: (row) => <RoleBadge role={row.role} /> },
    {
      key: 'kelas',
      title: words.kelas,
      cell: (row) => (row.role === 'guru' ? row.guru_kelas.join(', ') : row.kelas) || '–',
    },
    { key: 'state', title: words.state, cell: (row) => <StateBadge account={row} /> },
    { key: 'login', title: words.lastLogin, cell: (row) => formatMoment(row.last_login, language) },
  ]
  return (
    <Page
      title={words.title}
      lead={asked.data === null ? ' ' : words.total(formatCount(asked.data.total, language))}
      actions={
        <Button kind="primary" onPress={() => setAdding(true)} testId="add-user">
          {words.add}
        </Button>
      }
    >
      <Filters />
      {asked.problem && <ProblemLine problem={asked.problem} onRetry={asked.reload} />}
      {(asked.data !== null || !asked.problem) && (
        <DataTable caption={words.title} rows={asked.data?.data ?? null} keyOf={(row) => row.id} columns={columns} />
      )}
      {asked.data && <Pager total={asked.data.total} limit={LIMIT} offset={offset} />}
      {adding && (
        <UserForm
          account={null}
          onClose={() => setAdding(false)}
          onDone={async (made) => {
            await asked.reload()
            setAdding(false)
            setCode(made)
          }}
        />
      )}
      {code && <CodeDialog code={code} onClose={() => setCode(null)} />}
    </Page>
  )
}
