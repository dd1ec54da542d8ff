import type { z } from 'zod'
import { faceAdminApi } from '../../shared/contract/api/face-admin.ts'
import type { faceCaseSchema } from '../../shared/contract/face.ts'
import type { Deps } from '../deps.ts'
import { receiveCapture, receivePictures } from '../evidence/receive.ts'
import { byOf } from '../http/by.ts'
import { refuse } from '../http/problem.ts'
import { done, type Serve } from '../http/serve.ts'
import { scopeOf } from '../users/scope.ts'
import { findUser } from '../users/store.ts'
import { settle } from './cases/settle.ts'
import { type FaceCase, findCase, listCases } from './cases/store.ts'
import type { Faces } from './faces.ts'
import { registerFace } from './register.ts'
import { describeEnrolled, describeUploaded, senderOf } from './replies.ts'
import { listRegistered } from './store.ts'
import { decideOnUpload } from './uploads/decide.ts'
import { listUploads, type UploadRow } from './uploads/store.ts'
import { storeUpload } from './uploads/upload.ts'

/** The office's side of faces: enrolling and erasing somebody else's, photographs and same-face cases to decide. */
export function serveFaceAdmin(serve: Serve, deps: Deps, faces: Faces): void {
  const { db, guard } = deps

  serve(faceAdminApi.register, async (c, { body }) => {
    const enrolled: string[] = []
    const receipt = await receiveCapture(deps, faces, senderOf(c, 'enrol', true), body, (evidence) => {
      enrolled.push(evidence.ticket.user)
      return registerFace(deps, faces, evidence)
    })
    for (const userId of enrolled) guard.forget(userId)
    return describeEnrolled(c, receipt)
  })

  serve(faceAdminApi.registerUpload, async (c, { body }) => {
    const receipt = await receivePictures(deps, faces, senderOf(c, 'upload', true), body, (pictures) =>
      storeUpload(deps, faces, c.get('user').id, pictures),
    )
    return describeUploaded(c, receipt)
  })

  serve(faceAdminApi.unregister, async (c, { params: { user_id } }) => {
    if ((await findUser(db, user_id)) === null) refuse('not_found')
    await faces.erase(user_id, byOf(c))
    guard.forget(user_id)
    return done(c, ERASED)
  })

  serve(faceAdminApi.registered, async (c, { query }) => {
    const { limit, offset, since, ...filter } = query
    const from = since === undefined ? undefined : Date.parse(since)
    const { total, rows } = await listRegistered(db, await scopeOf(db, c.get('user')), {
      ...filter,
      since: from,
      limit,
      offset,
    })
    return { total, limit, offset, data: rows.map((row) => ({ ...row, registered_at: iso(row.registered_at) })) }
  })

  serve(faceAdminApi.uploads, async (_, { query }) => {
    const { total, rows } = await listUploads(db, query)
    return { total, ...query, data: rows.map(describeUpload) }
  })

  serve(faceAdminApi.decideUpload, async (c, { params: { id }, body: { decision } }) => {
    await decideOnUpload(deps, faces, byOf(c), { id, decision })
    return done(c, decision === 'confirm' ? CONFIRMED : REFUSED)
  })

  serve(faceAdminApi.cases, async (_, { query }) => {
    const { total, rows } = await listCases(db, query)
    const { limit, offset } = query
    return { total, limit, offset, data: rows.map(describeCase) }
  })

  serve(faceAdminApi.case, async (_, { params: { id } }) =>
    describeCase((await findCase(db, id)) ?? refuse('not_found')),
  )

  serve(faceAdminApi.settleCase, async (c, { params: { id }, body }) =>
    describeCase(await settle(deps, faces, byOf(c), { id, ...body })),
  )
}

const iso = (time: number) => new Date(time).toISOString()
const isoOrNull = (time: number | null) => (time === null ? null : iso(time))

function describeUpload({ qualities, has_face, created_at, matched_at, ...row }: UploadRow) {
  return {
    ...row,
    has_face: has_face === 1,
    photos: qualities.length,
    quality: qualities.reduce((sum, one) => sum + one, 0) / qualities.length,
    created_at: iso(created_at),
    matched_at: isoOrNull(matched_at),
  }
}

function describeCase(one: FaceCase): z.input<typeof faceCaseSchema> {
  const describePerson = ({ has_face, created_at, ...person }: FaceCase['person']) => ({
    ...person,
    has_face: has_face === 1,
    created_at: iso(created_at),
  })
  return {
    ...one,
    person: describePerson(one.person),
    other: describePerson(one.other),
    created_at: iso(one.created_at),
    settled_at: isoOrNull(one.settled_at),
  }
}

const ERASED = { id: 'Data wajah sudah dihapus.', en: 'The face data has been erased.' }
const CONFIRMED = { id: 'Foto dikonfirmasi; wajah terdaftar.', en: 'Photographs confirmed; the face is enrolled.' }
const REFUSED = { id: 'Foto ditolak dan dihapus.', en: 'Photographs refused and erased.' }
