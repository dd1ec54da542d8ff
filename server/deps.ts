import type { Audit } from './audit/audit.ts'
import type { Config } from './config.ts'
import type { Db } from './db/open.ts'
import type { Guard } from './http/guard.ts'
import type { KeyRing } from './http/keys.ts'
import type { Log } from './http/log.ts'

/** What every feature is given. Made once at the start (server/open-deps.ts), or by a test with a clock of its own. */
export interface Deps {
  readonly config: Config
  readonly db: Db
  readonly keyRing: KeyRing
  readonly audit: Audit
  /** `guard.requireUser()` before a route; then `c.get('user')` (http/env.ts). */
  readonly guard: Guard
  readonly log: Log
  /** Milliseconds since 1970, UTC. The only clock of the server. */
  readonly now: () => number
}
