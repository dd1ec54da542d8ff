import { usersApi } from '../../../../shared/contract/api/users.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { YesNoQueue } from './queue-table.tsx'
import { requestTexts } from './texts.ts'

/** Accounts that people made themselves. */
export function AccountQueue() {
  const words = useWords(requestTexts)
  const language = useLanguage()
  const { api } = useAdmin()
  return (
    <YesNoQueue
      load={(place) => api.call(usersApi.list, { query: { approval: 'pending', ...place } })}
      who={(row) => row}
      columns={[
        { key: 'nim', title: words.number, cell: ({ nim }) => nim },
        { key: 'email', title: words.email, cell: ({ email }) => email ?? '–' },
        { key: 'since', title: words.since, cell: (row) => formatMoment(row.created_at, language) },
      ]}
      refuseSure={words.accountSure}
      send={({ id }, yes) => api.call(usersApi.decide, { params: { id }, body: { approve: yes } })}
    />
  )
}
