import { join } from 'node:path'
import { FACE_MODELS, type FaceModel } from '../../shared/face/model.ts'
import { keysCopy } from '../backup/files.ts'
import type { Statement } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import { openSealingKeys, type SealingKeys } from '../evidence/sealing-keys.ts'
import { createTurns } from '../evidence/turns.ts'
import { createGallery, type Gallery } from '../gallery/gallery.ts'
import type { Erased } from '../gallery/keys/erasures.ts'
import { openKeyStore } from '../gallery/keys/store.ts'
import { deleteFace, hasAnyOfFace, readEnrolled, readLeftovers } from '../gallery/store.ts'
import { createVault, type Vault } from '../gallery/vault.ts'
import type { By } from '../http/by.ts'

/** Rows that an erasure destroyed. */
export interface Destroyed {
  readonly encodings: number
  readonly cases: number
  readonly traces: number
}

const NOTHING: Destroyed = { encodings: 0, cases: 0, traces: 0 }

/** What the routes of faces and of attendance share. One per process. */
export interface Faces {
  /** The network new encodings are made with, and captures must be made with. */
  readonly model: FaceModel
  readonly vault: Vault
  readonly gallery: Gallery
  readonly sealingKeys: SealingKeys
  /**
   * Erases a face: the data key first (from then on no copy of anything opens), then the rows, in one batch with an audit
   * line. Withdrawing the consent calls it too: `also` is written in that batch. Where there is nothing to destroy and
   * nothing else to write, nothing is written. Resolves to what there was to destroy.
   * @param by who does it; undefined: the person herself, null: nobody, its time is over
   * @param what `account`: she goes from restored backups, too
   */
  erase(userId: string, by?: By | null, also?: readonly Statement[], what?: Erased): Promise<Destroyed>
  /**
   * Runs what puts a face into the gallery, from the search for the same face to the commit: one after the other with all such
   * work and every erasure of this process. Not to be called within itself, nor `erase` within it.
   */
  takeTurn<T>(work: () => Promise<T>): Promise<T>
  /** Overwrites the backup's one copy of keys.db. */
  copyKeys(): Promise<void>
  close(): void
}

/**
 * Opens the vault (`keys.db` in the data folder), brings its keys to the current master key, and sweeps away what was
 * erased but came back: rows of a restored backup, or of an erasure cut off half way. Faces whose key is lost are an error in
 * the log (`data_keys_missing`) and no reason not to start: everything else goes on.
 */
export async function openFaces(deps: Deps): Promise<Faces> {
  const { config, db, keyRing, audit, log, now } = deps
  const keys = await openKeyStore(join(config.storagePath, 'keys.db'), keysCopy(config.storagePath), (path) =>
    log.error('keys_copy_unreadable', { path }),
  )
  const vault = createVault(keyRing, keys, now)
  const model = FACE_MODELS[0]
  const gallery = createGallery(db, vault, model)

  const rewrapped = await vault.rewrap()
  if (rewrapped > 0) log.info('data_keys_rewrapped', { count: rewrapped })
  for (const userId of await readLeftovers(db, await keys.erasures()))
    await audit.write(deleteFace(userId, now()), {
      userId: null,
      action: 'erase_leftover_face',
      entityType: 'face',
      entityId: userId,
    })
  const enrolled = await readEnrolled(db)
  const opening = enrolled.length === 0 ? [] : await keys.findMany(enrolled)
  if (opening.length < enrolled.length)
    log.error('data_keys_missing', { people: enrolled.length - opening.length, of: enrolled.length })
  await gallery.warm()

  const erase: Faces['erase'] = async (userId, by, also = [], what = 'face') => {
    if (also.length === 0 && (await keys.find(userId)) === null && !(await hasAnyOfFace(db, userId))) return NOTHING
    await vault.erase(userId, what)
    gallery.forget(userId)
    const [encodings, , cases, traces] = await audit.write([...deleteFace(userId, now()), ...also], {
      userId: by === null ? null : (by?.userId ?? userId),
      action: 'unregister_face',
      entityType: 'face',
      entityId: userId,
      ...(by ? { ipAddress: by.ipAddress } : {}),
    })
    const count = (written: typeof encodings) => written?.rowsAffected ?? 0
    return { encodings: count(encodings), cases: count(cases), traces: count(traces) }
  }

  const turns = createTurns()
  const takeTurn: Faces['takeTurn'] = (work) => turns('gallery', work)
  return {
    model,
    vault,
    gallery,
    sealingKeys: openSealingKeys(keyRing.folder, now),
    erase: (...given) => takeTurn(() => erase(...given)),
    takeTurn,
    copyKeys: keys.copy,
    close: keys.close,
  }
}
