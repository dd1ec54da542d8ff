import { faceApi } from '../../shared/contract/api/face.ts'
import { requireOpen } from '../attendance/session.ts'
import type { Deps } from '../deps.ts'
import { issueTicket } from '../evidence/issue.ts'
import { receiveCapture } from '../evidence/receive.ts'
import { readFaceStatus } from '../gallery/store.ts'
import { refuse } from '../http/problem.ts'
import { done, type Serve } from '../http/serve.ts'
import type { Faces } from './faces.ts'
import { registerFace } from './register.ts'

/** `/face`: tickets for captures, enrolling, what is stored of a face, and erasing it. */
export function serveFace(serve: Serve, deps: Deps, faces: Faces): void {
  const { db, guard, now } = deps

  serve(faceApi.tickets, async (c, { body }) => {
    if (body.purpose === 'check-in') await requireOpen(deps, c.get('user'), now())
    return issueTicket(deps, faces.sealingKeys, c.get('user'), body)
  })

  serve(faceApi.register, async (c, { body }) => {
    const user = c.get('user')
    const sender = {
      user,
      purpose: 'enrol',
      ipAddress: c.get('address'),
      userAgent: c.req.header('user-agent'),
    } as const
    const receipt = await receiveCapture(deps, faces, sender, body, (evidence) => registerFace(deps, faces, evidence))
    guard.forget(user.id)
    if (receipt.kind === 'refused') refuse(receipt.code, { lab: receipt.lab })
    if (receipt.kind !== 'enrolled') return refuse('not_found')
    return {
      ...done(c, ENROLLED),
      encodings_saved: receipt.encodings_saved,
      ...(receipt.lab === undefined ? {} : { lab: receipt.lab }),
    }
  })

  serve(faceApi.status, async (c) => {
    const { encodings, registeredAt, quality, model } = await readFaceStatus(db, c.get('user').id)
    return {
      has_face: encodings > 0,
      encodings,
      registered_at: registeredAt === null ? null : new Date(registeredAt).toISOString(),
      quality,
      model,
    }
  })

  serve(faceApi.unregister, async (c) => {
    const userId = c.get('user').id
    await faces.erase(userId, { userId, ipAddress: c.get('address') })
    guard.forget(userId)
    return done(c, ERASED)
  })
}

const ENROLLED = { id: 'Wajah terdaftar.', en: 'Face enrolled.' }
const ERASED = { id: 'Data wajah sudah dihapus.', en: 'The face data has been erased.' }
