import { usersApi } from '../../../../shared/contract/api/users.ts'
import { useAdmin, useLanguage, useMe, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { Skeleton } from '../../parts/data-table.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { DeviceList } from '../students/device-list.tsx'
import { RoleBadge, StateBadge } from './account-badges.tsx'
import { userTexts } from './texts.ts'
import { UserActs } from './user-acts.tsx'

/** One account: what it is, and what can be done about it. */
export function UserCard({ id }: { id: string }) {
  const words = useWords(userTexts)
  const general = useWords(common)
  const language = useLanguage()
  const me = useMe()
  const { api } = useAdmin()
  const asked = useAsk(`user ${id}`, async () => (await api.call(usersApi.read, { params: { id } })).user)
  const account = asked.data
  const facts = account && [
    [words.nim, account.nim],
    [words.role, <RoleBadge key="role" role={account.role} />],
    [words.state, <StateBadge key="state" account={account} />],
    account.role === 'guru'
      ? [words.guruKelas, account.guru_kelas.join(', ') || general.none]
      : [words.kelas, account.kelas ?? general.none],
    [words.email, account.email ?? general.none],
    [words.face, account.has_face ? general.yes : general.no],
    [words.selfMade, account.self_made ? general.yes : general.no],
    [words.created, formatMoment(account.created_at, language)],
    [words.lastLogin, formatMoment(account.last_login, language)],
    [words.codeUntil, formatMoment(account.code_expires_at, language)],
  ]
  return (
    <Page title={account?.name ?? words.title} {...(id === me.id ? { lead: words.you } : {})}>
      <a href={addressOf(['users'])}>← {words.title}</a>
      {asked.problem && <ProblemLine problem={asked.problem} onRetry={asked.reload} />}
      {account === null && !asked.problem && <Skeleton label={general.loading} lines={3} />}
      {account && facts && (
        <>
          <UserActs account={account} onChanged={asked.reload} />
          <dl class="panel facts">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <p class="row-actions">
            <a href={addressOf(['audit'], { user_id: id })}>{words.acts}</a>
            {account.role === 'user' && <a href={addressOf(['students', id])}>{words.studentPage}</a>}
          </p>
          {account.role !== 'user' && <DeviceList userId={id} of="staff" />}
        </>
      )}
    </Page>
  )
}
