import type { Hono } from 'hono'
import { createApp } from './app.ts'
import type { Passwords } from './auth/password.ts'
import type { Config } from './config.ts'
import type { Deps } from './deps.ts'
import { openFaces } from './face/faces.ts'
import type { AppEnv } from './http/env.ts'
import type { Log } from './http/log.ts'
import { createRunner, type Runner } from './jobs/runner.ts'
import { jobTable } from './jobs/table.ts'
import type { EvidenceReader } from './kiosk/events/evidence-reader.ts'
import { openDeps } from './open-deps.ts'

export interface ServerOptions {
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly passwords: Passwords
  /** The folder of the built pages (dist/client). */
  readonly clientFolder: string
  /** Whether this process itself speaks TLS. */
  readonly tls: boolean
  /** How many times the budgets of the contract are raised; 1 but for load tests. */
  readonly limitFactor?: number
  /** In place of the real opening and judging of kiosks' captures: the simulator only. */
  readonly kioskEvidence?: EvidenceReader
}

export interface Server {
  readonly app: Hono<AppEnv>
  readonly deps: Deps
  /** The background jobs; `main.ts` has it watch, a test runs what is due by its own clock. */
  readonly runner: Runner
  close(): Promise<void>
}

/** Everything between the configuration and the socket, the same for `main.ts` and for tests. */
export async function openServer(config: Config, options: ServerOptions): Promise<Server> {
  const { deps, tokens } = await openDeps(config, options.log, options.now, options.limitFactor)
  const faces = await openFaces(deps)
  const runner = createRunner(deps, jobTable(faces))
  const app = createApp(deps, faces, { ...options, tokens, runner })
  const close = async (): Promise<void> => {
    await runner.stop()
    faces.close()
    await deps.db.close()
  }
  return { app, deps, runner, close }
}
