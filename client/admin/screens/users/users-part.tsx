import { useStore } from '../../../core/store.ts'
import { useAdmin } from '../../app-context.ts'
import { UserCard } from './user-card.tsx'
import { UserList } from './user-list.tsx'

/** `/users`: every account; `/users/ID`: one of them. */
export function UsersPart() {
  const { path } = useStore(useAdmin().router)
  return path[1] === undefined ? <UserList /> : <UserCard key={path[1]} id={path[1]} />
}
