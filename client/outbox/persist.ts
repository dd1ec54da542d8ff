/** Whether the browser promised not to throw the outbox away when the disk gets short. */
export type Persistence = 'persisted' | 'refused' | 'unsupported'

type Storage = Partial<Pick<StorageManager, 'persist' | 'persisted' | 'estimate'>>

/** Asks for storage that is not evicted. Never throws; an installed app usually gets it without a question. */
export async function askToPersist(storage: Storage | undefined = globalThis.navigator?.storage): Promise<Persistence> {
  if (storage?.persist === undefined) return 'unsupported'
  try {
    return (await storage.persisted?.()) || (await storage.persist()) ? 'persisted' : 'refused'
  } catch {
    return 'unsupported'
  }
}

/** Bytes this origin may still store, roughly; null: the browser does not say. */
export async function roomLeft(storage: Storage | undefined = globalThis.navigator?.storage): Promise<number | null> {
  try {
    const { quota, usage } = (await storage?.estimate?.()) ?? {}
    return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage)
  } catch {
    return null
  }
}
