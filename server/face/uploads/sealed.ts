import { bytesToVector, vectorToBytes } from '../../../shared/face/bytes.ts'
import type { FaceModel } from '../../../shared/face/model.ts'
import type { Binding, Vault } from '../../gallery/vault.ts'
import type { PendingUpload } from './store.ts'

const bindingOf = (id: string, userId: string, model: string): Binding => ({ kind: 'upload', userId, id, form: model })

/** Seals the vectors of photographs, one after the other, under the person's key. */
export async function sealUpload(
  vault: Vault,
  { id, userId, model }: { id: string; userId: string; model: FaceModel },
  vectors: readonly Float32Array[],
): Promise<Uint8Array> {
  const plain = vectorToBytes(vectors.flatMap((vector) => [...vector]))
  const sealed = await vault.seal(bindingOf(id, userId, model.id), plain)
  plain.fill(0)
  return sealed
}

/** The vectors of photographs, or null: another network's, erased, or damaged. */
export async function openUpload(
  vault: Vault,
  model: FaceModel,
  upload: PendingUpload,
): Promise<Float32Array[] | null> {
  if (upload.model !== model.id) return null
  const plain = await vault.open(bindingOf(upload.id, upload.userId, model.id), upload.sealed)
  const all = plain === null ? null : bytesToVector(plain)
  plain?.fill(0)
  if (all === null || all.length === 0 || all.length % model.length !== 0) return null
  return Array.from({ length: all.length / model.length }, (_, i) =>
    all.slice(i * model.length, (i + 1) * model.length),
  )
}
