import { randomUUID } from 'node:crypto'
import { showOnePerson } from '../../../shared/face/match.ts'
import type { Deps } from '../../deps.ts'
import { type Outcome, refusal } from '../../evidence/outcome.ts'
import type { Pictures } from '../../evidence/receive.ts'
import type { Faces } from '../faces.ts'
import { QUALITY, SHOTS } from '../register.ts'
import { sealUpload } from './sealed.ts'
import { putUpload } from './store.ts'

/**
 * Takes photographs in, a frame each: three or more, good ones, of one person. They are sealed and in no gallery, until a
 * live capture of the account shows the same face and an admin confirms having the person before her.
 * @param byUser who sends them: the person herself or an admin
 */
export async function storeUpload(
  { now }: Deps,
  faces: Faces,
  byUser: string,
  { ticket, capture }: Pictures,
): Promise<Outcome> {
  const { model, embeddings } = capture
  const pictures = new Set(embeddings.map(({ frame }) => frame))
  const vectors = embeddings.map(({ vector }) => vector)
  const suffice = pictures.size === embeddings.length && pictures.size >= SHOTS
  if (!suffice || embeddings.some(({ quality }) => quality <= QUALITY) || !showOnePerson(model, vectors))
    return refusal('poor_shots')
  const [id, userId] = [randomUUID(), ticket.user]
  const sealed = await sealUpload(faces.vault, { id, userId, model }, vectors)
  const qualities = embeddings.map(({ quality }) => quality)
  return {
    receipt: { kind: 'uploaded', upload_id: id, photos: vectors.length },
    statements: putUpload({ id, userId, byUser, model: model.id, sealed, qualities }, now()),
  }
}
