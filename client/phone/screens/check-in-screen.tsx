import type { User } from '../../../shared/contract/auth.ts'
import { useApp } from '../app-context.ts'
import { Receipt } from '../receipt.tsx'
import { useWalk } from '../use-walk.ts'
import { WalkScreen } from './walk-screen.tsx'

/** Check in by face, from the consent to the receipt. */
export function CheckInScreen({ user }: { user: User }) {
  const { walks } = useApp()
  const walking = useWalk(walks.checkIn, user)
  return <WalkScreen kind="check-in" walking={walking} finished={(reply) => <Receipt reply={reply} />} />
}
