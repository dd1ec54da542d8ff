import type { z } from 'zod'
import type { Purpose } from '../../shared/contract/capture.ts'
import type { faceRegisterReply, faceScanReply, faceUploadReply } from '../../shared/contract/face.ts'
import { bandOf } from '../../shared/face/match.ts'
import type { Db } from '../db/open.ts'
import type { Receipt } from '../evidence/receipt.ts'
import type { Sender } from '../evidence/receive.ts'
import type { AppContext } from '../http/env.ts'
import { say } from '../http/language.ts'
import { refuse } from '../http/problem.ts'
import { done } from '../http/serve.ts'
import { scopeOf } from '../users/scope.ts'
import { readNames } from './store.ts'

/** The signed-in sender of a capture for this purpose. */
export function senderOf(c: AppContext, purpose: Purpose, forOther = false): Sender {
  return {
    user: c.get('user'),
    purpose,
    ipAddress: c.get('address'),
    userAgent: c.req.header('user-agent'),
    forOther,
  }
}

/** The reply to an enrolment; a refused one is refused. */
export function describeEnrolled(c: AppContext, receipt: Receipt): z.input<typeof faceRegisterReply> {
  if (receipt.kind === 'refused') refuse(receipt.code, { lab: receipt.lab })
  if (receipt.kind !== 'enrolled') return refuse('not_found')
  const lab = receipt.lab === undefined ? {} : { lab: receipt.lab }
  return { ...done(c, ENROLLED), encodings_saved: receipt.encodings_saved, ...lab }
}

/** The reply to photographs sent in; refused ones are refused. */
export function describeUploaded(c: AppContext, receipt: Receipt): z.input<typeof faceUploadReply> {
  if (receipt.kind === 'refused') refuse(receipt.code)
  if (receipt.kind !== 'uploaded') return refuse('not_found')
  return { ...done(c, UPLOADED), upload_id: receipt.upload_id, photos: receipt.photos }
}

/** Who was seen, by name as far as the reader may see it now; confidence as a number for staff only. */
export async function describeScan(
  c: AppContext,
  db: Db,
  { faces, many }: Extract<Receipt, { kind: 'scanned' }>,
): Promise<z.input<typeof faceScanReply>> {
  const user = c.get('user')
  const ids = faces.flatMap(({ user_id }) => (user_id === null ? [] : [user_id]))
  const people = await readNames(db, await scopeOf(db, user), ids)
  const staff = user.role !== 'user'
  const seen = faces.map(({ user_id, confidence, box }) => {
    const person = user_id === null ? undefined : people.get(user_id)
    return {
      user_id: person?.id ?? null,
      name: person?.name ?? null,
      nim: person?.nim ?? null,
      confidence: person === undefined ? null : staff ? confidence : bandOf(confidence),
      bounding_box: box,
    }
  })
  const recognized = seen.some(({ user_id }) => user_id !== null)
  return { recognized, faces: seen, message: say(c, many ? TOO_MANY : recognized ? SEEN : NOBODY) }
}

const ENROLLED = { id: 'Wajah terdaftar.', en: 'Face enrolled.' }
const UPLOADED = {
  id: 'Foto diterima. Foto baru berlaku setelah cocok dengan rekaman langsung dan dikonfirmasi tata usaha.',
  en: 'Photographs received. They count once a live capture matches them and the school office has confirmed.',
}
const SEEN = { id: 'Wajah dikenali.', en: 'Recognised.' }
const NOBODY = { id: 'Tidak ada wajah yang dikenali.', en: 'Nobody was recognised.' }
const TOO_MANY = {
  id: 'Terlalu banyak orang untuk dicari sekaligus. Pilih satu kelas.',
  en: 'Too many people to look among at once. Choose one class.',
}
