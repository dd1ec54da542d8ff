import { studentsApi } from '../../shared/contract/api/students.ts'
import type { AccountsQuery } from '../../shared/contract/people.ts'
import type { Deps } from '../deps.ts'
import type { Faces } from '../face/faces.ts'
import { byOf } from '../http/by.ts'
import type { AppContext } from '../http/env.ts'
import { done, type Serve } from '../http/serve.ts'
import { type AccountFilter, listAccounts, listChoices } from '../users/accounts/store.ts'
import { removeAccount } from '../users/change.ts'
import { addAccount } from '../users/give-code.ts'
import { scopeOf } from '../users/scope.ts'
import { giveClassCodes } from './class-codes.ts'
import { importStudents } from './import/import-students.ts'
import { promoteClasses } from './promote.ts'

/** `/admin/students`: what staff see and admins do of students. */
export function serveStudents(serve: Serve, deps: Deps, faces: Faces): void {
  const { db, now } = deps

  const list = async (c: AppContext, query: Omit<AccountsQuery, 'role' | 'approval'>, also: AccountFilter) => {
    const { limit, offset, sort, order, ...filter } = query
    const students = { ...filter, ...also, role: 'user', approval: 'approved' } as const
    const scope = await scopeOf(db, c.get('user'))
    return { ...(await listAccounts(db, scope, students, { limit, offset, sort, order }, now())), limit, offset }
  }

  serve(studentsApi.list, (c, { query }) => list(c, query, {}))

  serve(studentsApi.dropdown, async (c, { query: { limit, ...filter } }) => {
    const students = { ...filter, role: 'user', approval: 'approved', active: true } as const
    return { students: await listChoices(db, await scopeOf(db, c.get('user')), students, limit) }
  })

  serve(studentsApi.withoutFace, (c, { query }) => list(c, query, { face: false }))

  serve(studentsApi.withFace, (c, { query }) => list(c, query, { face: true }))

  serve(studentsApi.add, (c, { body }) => addAccount(deps, { ...body, role: 'user', guru_kelas: [] }, byOf(c)))

  serve(studentsApi.remove, async (c, { params }) => {
    await removeAccount(deps, faces, params.id, byOf(c), true)
    return done(c, DELETED)
  })

  serve(studentsApi.codes, (c, { body }) => giveClassCodes(deps, body.kelas, byOf(c)))

  serve(studentsApi.promote, (c, { body }) => promoteClasses(deps, body, byOf(c)))

  serve(studentsApi.bulk, (c, { body }) => importStudents(deps, faces, body, byOf(c)))
}

const DELETED = { id: 'Siswa dihapus beserta semua datanya.', en: 'The student and everything she had is deleted.' }
