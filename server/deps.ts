import type { Audit } from './audit/audit.ts'
import type { Config } from './config.ts'
import type { Db } from './db/open.ts'
import type { KeyRing } from './http/keys.ts'
import type { Log } from './http/log.ts'

/** What every feature is given. Made once at the start (server/start.ts), or by a test with a clock of its own. */
export interface Deps {
  readonly config: Config
  readonly db: Db
  readonly keyRing: KeyRing
  readonly audit: Audit
  readonly log: Log
  /** Milliseconds since 1970, UTC. The only clock of the server. */
  readonly now: () => number
}
