import { mkdirSync } from 'node:fs'
import { type Audit, createAudit } from './audit/audit.ts'
import { type AccessTokens, createAccessTokens } from './auth/access-token.ts'
import { createConfirmations } from './auth/confirmation.ts'
import type { Config } from './config.ts'
import { bundledMigrations, migrate } from './db/migrate.ts'
import { type Db, openDb } from './db/open.ts'
import type { Deps } from './deps.ts'
import { createGuard } from './http/guard.ts'
import { type KeyRing, openKeyRing } from './http/keys.ts'
import { createLimits } from './http/limits/limits.ts'
import type { Log } from './http/log.ts'
import { checkKeys, checkProfile, markProfile } from './ops/fit.ts'

/** The part that the command line shares with the server. */
export interface Foundation {
  readonly db: Db
  readonly keyRing: KeyRing
  readonly audit: Audit
}

/**
 * Opens keys and database, migrates, and makes sure they belong together. Throws MigrationProblem or FitProblem.
 * @param asTool beside a server that may be running: makes a new database, and refuses one that is older than the program
 */
export async function openFoundation(config: Config, log: Log, now: () => number, asTool = false): Promise<Foundation> {
  mkdirSync(config.storagePath, { recursive: true, mode: 0o700 })
  const keyRing = openKeyRing(config.keysPath, config.secretKey)
  const db = await openDb(config.databaseUrl, config.databaseAuthToken)
  try {
    for (const name of await migrate(db, bundledMigrations(), now(), asTool)) log.info('migrated', { name })
    await markProfile(db, config.profile, now())
    await checkKeys(db, keyRing, now())
  } catch (error) {
    await db.close()
    throw error
  }
  const audit = createAudit(db, keyRing, now, (line) => log.error('audit_broken', { line }))
  return { db, keyRing, audit }
}

/** Everything the features are given, and what issues access tokens. */
export async function openDeps(
  config: Config,
  log: Log,
  now: () => number,
  limitFactor = 1,
): Promise<{ deps: Deps; tokens: AccessTokens }> {
  const { db, keyRing, audit } = await openFoundation(config, log, now)
  await checkProfile(db, config.profile, now())
  const tokens = createAccessTokens(keyRing, config.jwtSecretKey, config.accessTokenMinutes, now)
  const confirmations = createConfirmations(keyRing, now)
  const limits = createLimits(db, config.databaseUrl, now)
  const guard = createGuard(db, tokens, confirmations, now, limits, limitFactor)
  return { deps: { config, db, keyRing, audit, log, now, guard, confirmations, limits }, tokens }
}
