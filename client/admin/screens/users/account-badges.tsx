import type { Account } from '../../../../shared/contract/people.ts'
import { useWords } from '../../app-context.ts'
import { userTexts } from './texts.ts'

/** What an account may do just now, in one word. */
export function StateBadge({ account }: { account: Account }) {
  const { states } = useWords(userTexts)
  if (account.approval === 'pending') return <span class="badge review">{states.pending}</span>
  if (!account.is_active) return <span class="badge bad">{states.suspended}</span>
  if (!account.activated) return <span class="badge">{states.notActivated}</span>
  return <span class="badge good">{states.active}</span>
}

/** The role; an admin's stands out. */
export function RoleBadge({ role }: { role: Account['role'] }) {
  const { roles } = useWords(userTexts)
  return <span class={role === 'admin' ? 'badge review' : 'badge'}>{roles[role]}</span>
}
