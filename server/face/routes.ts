import { faceApi } from '../../shared/contract/api/face.ts'
import { bandOf } from '../../shared/face/match.ts'
import { requireOpen } from '../attendance/session.ts'
import type { Deps } from '../deps.ts'
import { issueTicket } from '../evidence/issue.ts'
import { receiveCapture, receivePictures } from '../evidence/receive.ts'
import { readFaceStatus } from '../gallery/store.ts'
import { say } from '../http/language.ts'
import { refuse } from '../http/problem.ts'
import { done, type Serve } from '../http/serve.ts'
import type { Faces } from './faces.ts'
import { registerFace } from './register.ts'
import { describeEnrolled, describeScan, describeUploaded, senderOf } from './replies.ts'
import { scanFaces } from './scan.ts'
import { storeUpload } from './uploads/upload.ts'
import { verifyFace } from './verify.ts'

/** `/face`: tickets for captures, enrolling, who is in a picture, what is stored of a face, and erasing it. */
export function serveFace(serve: Serve, deps: Deps, faces: Faces): void {
  const { db, guard, now } = deps

  serve(faceApi.tickets, async (c, { body }) => {
    if (body.purpose === 'check-in') await requireOpen(deps, c.get('user'), now())
    return issueTicket(deps, faces.sealingKeys, c.get('user'), body)
  })

  serve(faceApi.register, async (c, { body }) => {
    const receipt = await receiveCapture(deps, faces, senderOf(c, 'enrol'), body, (evidence) =>
      registerFace(deps, faces, evidence),
    )
    guard.forget(c.get('user').id)
    return describeEnrolled(c, receipt)
  })

  serve(faceApi.scan, async (c, { body }) => {
    const user = c.get('user')
    const receipt = await receivePictures(deps, faces, senderOf(c, 'scan'), body, (pictures) =>
      scanFaces(deps, faces, user, pictures, body.kelas),
    )
    if (receipt.kind === 'refused') refuse(receipt.code)
    if (receipt.kind !== 'scanned') return refuse('not_found')
    return describeScan(c, db, receipt)
  })

  serve(faceApi.verify, async (c, { body }) => {
    const user = c.get('user')
    const receipt = await receiveCapture(deps, faces, senderOf(c, 'verify'), body, (evidence) =>
      verifyFace(deps, faces, user, evidence),
    )
    const lab = receipt.lab === undefined ? {} : { lab: receipt.lab }
    if (receipt.kind === 'verified')
      return { verified: true, confidence: bandOf(receipt.confidence), message: say(c, VERIFIED), ...lab }
    if (receipt.kind !== 'refused') return refuse('not_found')
    if (receipt.code !== 'not_matched') refuse(receipt.code, lab)
    return { verified: false, confidence: null, message: say(c, NOT_VERIFIED), ...lab }
  })

  serve(faceApi.registerUpload, async (c, { body }) => {
    const receipt = await receivePictures(deps, faces, senderOf(c, 'upload'), body, (pictures) =>
      storeUpload(deps, faces, c.get('user').id, pictures),
    )
    return describeUploaded(c, receipt)
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

const VERIFIED = { id: 'Benar, ini wajahmu.', en: 'Yes, this is your face.' }
const NOT_VERIFIED = {
  id: 'Belum dapat dipastikan. Coba lagi di tempat yang terang.',
  en: 'That could not be confirmed. Try again in better light.',
}
const ERASED = { id: 'Data wajah sudah dihapus.', en: 'The face data has been erased.' }
