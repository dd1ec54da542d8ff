import { Dexie, type EntityTable } from 'dexie'
import type { SealedCapture } from '../../shared/contract/capture.ts'

/** This browser profile's signing key; the private half cannot be exported by scripts. */
export interface KeyRow {
  /** A phone's, a kiosk's: one profile may have been both. */
  readonly name: 'device' | 'kiosk'
  readonly pair: CryptoKeyPair
}

/** A sealed capture that the server has not answered yet. */
export interface CaptureRow {
  readonly ticketId: string
  readonly sealed: SealedCapture
  /** performance.timeOrigin-based wall time in ms: only to throw away what no server would take any more. */
  readonly keptAt: number
}

type Store = Dexie & {
  keys: EntityTable<KeyRow, 'name'>
  captures: EntityTable<CaptureRow, 'ticketId'>
}

let open: Store | null = null

/** The page's IndexedDB, opened at the first use. The only owner of this database. */
export function openStore(): Store {
  if (open) return open
  const store = new Dexie('smart-absensi') as Store
  store.version(1).stores({ keys: 'name', captures: 'ticketId' })
  open = store
  return store
}
