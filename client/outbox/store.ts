import { Dexie, type EntityTable } from 'dexie'

/** This browser profile's signing key; the private half cannot be exported by scripts. */
export interface KeyRow {
  /** A phone's, a kiosk's: one profile may have been both. */
  readonly name: 'device' | 'kiosk'
  readonly pair: CryptoKeyPair
}

type Store = Dexie & {
  keys: EntityTable<KeyRow, 'name'>
}

let open: Store | null = null

/** The page's IndexedDB, opened at the first use. The only owner of this database. */
export function openStore(): Store {
  if (open) return open
  const store = new Dexie('smart-absensi') as Store
  store.version(1).stores({ keys: 'name' })
  // Captures that could not be sent were once kept here, under version 1 as well: they go.
  store.version(2).stores({ captures: null })
  open = store
  return store
}
