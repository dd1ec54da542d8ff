import type { Audit } from './audit/audit.ts'
import type { Confirmations } from './auth/confirmation.ts'
import type { Config } from './config.ts'
import type { Db } from './db/open.ts'
import type { Guard } from './http/guard.ts'
import type { KeyRing } from './http/keys.ts'
import type { Limits } from './http/limits/limits.ts'
import type { Log } from './http/log.ts'

/** What every feature is given. Made once at the start (server/open-deps.ts), or by a test with a clock of its own. */
export interface Deps {
  readonly config: Config
  readonly db: Db
  readonly keyRing: KeyRing
  readonly audit: Audit
  /** Used by `serve` (http/serve.ts) for every row of the contract; acts tell it to forget a user they changed. */
  readonly guard: Guard
  readonly confirmations: Confirmations
  /** Makes the budgets of guesses and calls, shared with other servers where there are any. */
  readonly limits: Limits
  readonly log: Log
  /** Milliseconds since 1970, UTC. The only clock of the server. */
  readonly now: () => number
}
