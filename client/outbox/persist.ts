/** Whether the browser promised not to throw the outbox away when the disk gets short. */
export type Persistence = 'persisted' | 'refused' | 'unsupported'

type Storage = Partial<Pick<StorageManager, 'persist' | 'persisted'>>

/** Asks for storage that is not evicted. Never throws; an installed app usually gets it without a question. */
export async function askToPersist(storage: Storage | undefined = globalThis.navigator?.storage): Promise<Persistence> {
  if (storage?.persist === undefined) return 'unsupported'
  try {
    return (await storage.persisted?.()) || (await storage.persist()) ? 'persisted' : 'refused'
  } catch {
    return 'unsupported'
  }
}
