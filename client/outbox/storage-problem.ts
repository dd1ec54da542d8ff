/** `full`: the disk or the quota; `closed`: the database went away (cleared, closed, the browser shuts down); else `failed`. */
export type StorageFailure = 'full' | 'closed' | 'failed'

/** The browser's storage did not do what was asked: nothing was changed by the call that failed. */
export class StorageProblem extends Error {
  override readonly name = 'StorageProblem'
  constructor(
    readonly why: StorageFailure,
    cause: unknown,
  ) {
    super(`storage ${why}`, { cause })
  }
}

const CLOSED = new Set([
  'DatabaseClosedError',
  'InvalidStateError',
  'OpenFailedError',
  'MissingAPIError',
  'NotFoundError',
  'VersionError',
  'VersionChangeError',
  'TransactionInactiveError',
])

/** The error and everything it wraps (Dexie's `inner`, a `cause`), outermost first. */
function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = []
  let one = error
  while (typeof one === 'object' && one !== null && chain.length < 6) {
    chain.push(one)
    one = 'inner' in one && one.inner ? one.inner : 'cause' in one ? one.cause : undefined
  }
  return chain
}

const nameOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : ''

/** What kind of failure an error of IndexedDB or Dexie stands for. A quota is told by name, however deep it is wrapped. */
export function classifyStorage(error: unknown): StorageFailure {
  if (error instanceof StorageProblem) return error.why
  const names = chainOf(error).map(nameOf)
  if (names.includes('QuotaExceededError')) return 'full'
  return names.some((name) => CLOSED.has(name)) ? 'closed' : 'failed'
}

/** Runs work on the storage. @throws StorageProblem for whatever the storage throws */
export async function storing<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof StorageProblem ? error : new StorageProblem(classifyStorage(error), error)
  }
}
