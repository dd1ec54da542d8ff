import { forceCloseDatabase, IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import type { DatabaseOptions } from '../../client/outbox/kiosk-database.ts'

/** What befalls a write: the quota is used up, the database is closed under the page, the browser is killed. */
export type StorageFault = 'full' | 'closed' | 'killed'

/** One browser profile's storage. What was committed stays, whatever becomes of its pages. */
export interface Profile {
  readonly options: DatabaseOptions
  /** Lets the n-th write from now fail (1: the next), once; `full` goes on until `mend`. `bite` is told when it does. */
  arm(fault: StorageFault, writes: number, bite: () => void): void
  mend(): void
}

interface Armed {
  readonly fault: StorageFault
  left: number
  readonly bite: () => void
}

const armed = new Map<string, Armed>()

function befall(transaction: IDBTransaction, fault: Armed): void {
  fault.bite()
  if (fault.fault === 'full') throw new DOMException('no room', 'QuotaExceededError')
  armed.delete(transaction.db.name)
  // The types ask for the class; the function takes a connection. Either way what the transaction did is undone.
  if (fault.fault === 'closed') forceCloseDatabase(transaction.db as never)
  else transaction.abort()
}

const faulty = (method: 'add' | 'put') => {
  const real = IDBObjectStore.prototype[method]
  IDBObjectStore.prototype[method] = function write(this: IDBObjectStore, ...args: [unknown, IDBValidKey?]) {
    const fault = armed.get(this.transaction.db.name)
    if (fault !== undefined && --fault.left <= 0) befall(this.transaction, fault)
    return real.apply(this, args)
  }
}
faulty('add')
faulty('put')

/** @param name of the database: one for each browser, in the whole process */
export function createProfile(name: string): Profile {
  armed.delete(name)
  return {
    options: { name, indexedDB: new IDBFactory(), IDBKeyRange },
    arm: (fault, writes, bite) => armed.set(name, { fault, left: writes, bite }),
    mend: () => armed.delete(name),
  }
}
