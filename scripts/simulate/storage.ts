import { forceCloseDatabase, IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import type { DatabaseOptions } from '../../client/outbox/kiosk-database.ts'
import type { Life } from './world.ts'

/**
 * What befalls a write: the quota is used up, the database is closed under the page, the browser is killed before the
 * transaction is durable, or after it and before the page hears of it (`killed late`).
 */
export type StorageFault = 'full' | 'closed' | 'killed' | 'killed late'

/** One browser profile's storage. What was committed stays, whatever becomes of its pages. */
export interface Profile {
  /** The database as one page has it. Once the page is over, none is opened for what it was still doing. */
  options(life: Life): DatabaseOptions
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
  else if (fault.fault === 'killed') transaction.abort()
}

const faulty = (method: 'add' | 'put') => {
  const real = IDBObjectStore.prototype[method]
  IDBObjectStore.prototype[method] = function write(this: IDBObjectStore, ...args: [unknown, IDBValidKey?]) {
    const fault = armed.get(this.transaction.db.name)
    if (fault !== undefined && --fault.left <= 0) befall(this.transaction, fault)
    return real.apply(this, args)
  }
}
// Dexie tells the console whenever it opens a closed database again; here that is what is asked of it.
const { warn } = console
console.warn = (...words) => {
  if (!String(words[0]).startsWith('Dexie: Need to reopen')) warn(...words)
}

faulty('add')
faulty('put')

/** Opens databases while the page lives; later nothing answers any more. */
function whileAlive(factory: IDBFactory, life: Life): IDBFactory {
  const never = () => new EventTarget() as IDBOpenDBRequest
  return {
    open: (...args) => (life.over ? never() : factory.open(...args)),
    deleteDatabase: (name) => (life.over ? never() : factory.deleteDatabase(name)),
    cmp: (one, other) => factory.cmp(one, other),
    databases: () => factory.databases(),
  }
}

/** @param name of the database: one for each browser, in the whole process */
export function createProfile(name: string): Profile {
  armed.delete(name)
  const factory = new IDBFactory()
  return {
    options: (life) => ({ name, indexedDB: whileAlive(factory, life), IDBKeyRange }),
    arm: (fault, writes, bite) => armed.set(name, { fault, left: writes, bite }),
    mend: () => armed.delete(name),
  }
}
