import { makeTemplate } from '../../../shared/face/match.ts'
import { dot } from '../../../shared/face/vector.ts'
import type { Statement } from '../../db/write.ts'
import type { Deps } from '../../deps.ts'
import type { OpenedCapture } from '../../evidence/open-capture.ts'
import type { Faces } from '../faces.ts'
import { openUpload } from './sealed.ts'
import { findPendingOf, setMatched } from './store.ts'

/** Where a live capture of a person shows the face of photographs she has sent in: the statement that notes it. */
export async function noteMatch(
  { db, now }: Deps,
  faces: Faces,
  userId: string,
  { capture, checkId }: { capture: OpenedCapture; checkId: string },
): Promise<Statement[]> {
  const upload = await findPendingOf(db, userId)
  if (upload === null || upload.matched) return []
  const { model } = capture
  const photos = await openUpload(faces.vault, model, upload)
  if (photos === null) return []
  const probe = makeTemplate(
    model,
    capture.embeddings.map(({ vector }) => vector),
  )
  return dot(probe, makeTemplate(model, photos)) >= model.accept ? [setMatched(upload.id, checkId, now())] : []
}
