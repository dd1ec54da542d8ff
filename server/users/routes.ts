import { usersApi } from '../../shared/contract/api/users.ts'
import { demandConfirmation } from '../auth/demand-confirmation.ts'
import type { Deps } from '../deps.ts'
import type { Faces } from '../face/faces.ts'
import { byOf } from '../http/by.ts'
import { refuse } from '../http/problem.ts'
import { done, type Serve } from '../http/serve.ts'
import { findAccount, listAccounts } from './accounts/store.ts'
import { changeUser, decideAccount, makeAdmin, readAccount, removeAccount, revokeAdmin } from './change.ts'
import { addAccount, giveCode } from './give-code.ts'
import { scopeOf } from './scope.ts'

/** `/admin/users`: the accounts of everybody. */
export function serveUsers(serve: Serve, deps: Deps, faces: Faces): void {
  const { db, now } = deps

  serve(usersApi.list, async (c, { query }) => {
    const { limit, offset, sort, order, ...filter } = query
    const page = { limit, offset, sort, order }
    const found = await listAccounts(db, await scopeOf(db, c.get('user')), filter, page, now())
    return { ...found, limit, offset }
  })

  serve(usersApi.add, async (c, { body }) => {
    if (body.role === 'admin') await demandConfirmation(deps, c)
    return addAccount(deps, body, byOf(c))
  })

  serve(usersApi.read, async (_, { params }) => ({ user: await readAccount(deps, params.id) }))

  serve(usersApi.change, async (c, { params, body }) => ({ user: await changeUser(deps, params.id, body, byOf(c)) }))

  serve(usersApi.remove, async (c, { params }) => {
    await removeAccount(deps, faces, params.id, byOf(c), false)
    return done(c, DELETED)
  })

  serve(usersApi.decide, async (c, { params, body }) => {
    await decideAccount(deps, params.id, body.approve, byOf(c))
    return done(c, body.approve ? APPROVED : REFUSED)
  })

  serve(usersApi.resetCode, async (c, { params }) => {
    const by = c.get('user')
    const account = await findAccount(db, await scopeOf(db, by), params.id, now())
    if (account === null) return refuse('not_found')
    if (account.role === 'admin') await demandConfirmation(deps, c)
    return giveCode(deps, account, { ...byOf(c), guruId: by.role === 'guru' ? by.id : null })
  })

  serve(usersApi.makeAdmin, async (c, { params }) => ({ user: await makeAdmin(deps, params.id, byOf(c)) }))

  serve(usersApi.revokeAdmin, async (c, { params }) => ({ user: await revokeAdmin(deps, params.id, byOf(c)) }))
}

const DELETED = { id: 'Akun dihapus beserta semua datanya.', en: 'The account and everything it had is deleted.' }
const APPROVED = { id: 'Akun disetujui.', en: 'The account is approved.' }
const REFUSED = { id: 'Permintaan akun ditolak dan dihapus.', en: 'The request is refused and deleted.' }
