import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { requestId } from 'hono/request-id'
import { healthApi } from '../shared/contract/api/health.ts'
import { serveAttendance } from './attendance/routes.ts'
import { serveAudit } from './audit/routes.ts'
import type { AccessTokens } from './auth/access-token.ts'
import type { Passwords } from './auth/password.ts'
import { serveAuth } from './auth/routes.ts'
import { serveBackups } from './backup/routes.ts'
import { serveConsentLedger } from './consents/ledger/routes.ts'
import { serveConsents } from './consents/routes.ts'
import { serveCorrectionRequests } from './correction-requests/routes.ts'
import type { Deps } from './deps.ts'
import { serveDevices } from './devices/routes.ts'
import { serveDocs } from './docs/routes.ts'
import { serveFaceAdmin } from './face/admin-routes.ts'
import type { Faces } from './face/faces.ts'
import { serveFace } from './face/routes.ts'
import { callerAddress } from './http/address.ts'
import type { AppEnv } from './http/env.ts'
import { securityHeaders } from './http/headers.ts'
import { describeError } from './http/log.ts'
import { problemReply, Refusal } from './http/problem.ts'
import { logRequests } from './http/request-log.ts'
import { createServe } from './http/serve.ts'
import { staticRoutes } from './http/static.ts'
import { serveIzin } from './izin/routes.ts'
import { serveJobs } from './jobs/routes.ts'
import type { Runner } from './jobs/runner.ts'
import type { EvidenceReader } from './kiosk/events/evidence-reader.ts'
import { serveKiosk } from './kiosk/routes.ts'
import { serveLedger } from './ledger/routes.ts'
import { serveEmail } from './mail/routes.ts'
import { serveMarking } from './marking/routes.ts'
import { readHealth } from './ops/health.ts'
import { servePresenceCode } from './presence-code/routes.ts'
import { servePrivacy } from './privacy/routes.ts'
import { servePublic } from './public/routes.ts'
import { createCache } from './reports/cache.ts'
import { serveReports } from './reports/routes.ts'
import { serveSettings } from './settings/routes.ts'
import { serveStudents } from './students/routes.ts'
import { serveTimetable } from './timetable/routes.ts'
import { serveToday } from './today/routes.ts'
import { serveUsers } from './users/routes.ts'

export interface AppOptions {
  readonly tokens: AccessTokens
  readonly passwords: Passwords
  readonly runner: Runner
  /** The folder of the built pages (dist/client). */
  readonly clientFolder: string
  /** Whether this process itself speaks TLS. */
  readonly tls: boolean
  /** Opens and judges what kiosks captured without network; the simulator's, or the real thing. */
  readonly kioskEvidence?: EvidenceReader
}

/** How old a dashboard's figures may be (the plan's number), ms. */
const SUMMARY_AGE_MS = 5 * 60_000

/** How old the notice board's counts may be, ms. */
const NOTICE_AGE_MS = 5_000

/** How old the counts of the console's first screen may be, ms: the beat of its events. */
const TODAY_AGE_MS = 2_000

/** The page of each address; a student's is the first. */
const PAGES = { '/': '/phone/index.html', '/admin': '/admin/index.html', '/kiosk': '/kiosk/index.html' }

/** The whole application: what every request passes, in order, then the routes. */
export function createApp(
  deps: Deps,
  faces: Faces,
  { tokens, passwords, runner, clientFolder, tls, kioskEvidence }: AppOptions,
): Hono<AppEnv> {
  const { config, guard, log } = deps
  const app = new Hono<AppEnv>()

  app.use(requestId({ limitLength: 64 }))
  app.use(callerAddress(config.trustedProxies, tls))
  app.use(logRequests(log))
  app.use(securityHeaders)

  const api = new Hono<AppEnv>()
  api.use(async function noStore(c, next) {
    await next()
    c.header('Cache-Control', 'no-store')
  })
  api.use(
    cors({
      origin: [...config.corsOrigins],
      allowHeaders: ['Authorization', 'Content-Type', 'X-Client', 'X-Confirmation', 'DPoP'],
      maxAge: 600,
    }),
  )
  api.use(guard.limitAnonymous)

  const serve = createServe(api, guard)
  serve(healthApi.health, () => readHealth(deps))
  serveAuth(serve, deps, tokens, passwords)
  serveUsers(serve, deps, faces)
  serveStudents(serve, deps, faces)
  serveDevices(serve, deps)
  serveConsents(serve, deps, faces.erase)
  serveFace(serve, deps, faces)
  serveFaceAdmin(serve, deps, faces)
  serveAttendance(serve, deps, faces)
  servePresenceCode(serve, deps)
  serveDocs(serve, config)
  serveLedger(serve, deps, faces.vault)
  serveMarking(serve, deps)
  serveCorrectionRequests(serve, deps)
  serveIzin(serve, deps)
  serveTimetable(serve, deps)
  serveEmail(serve, deps)
  serveConsentLedger(serve, deps, faces.erase)
  servePrivacy(serve, deps)
  serveSettings(serve, deps)
  serveAudit(serve, deps)
  serveJobs(serve, deps, runner)
  serveBackups(serve, deps, runner)
  serveReports(serve, deps, createCache(SUMMARY_AGE_MS, deps.now))
  servePublic(serve, deps, createCache(NOTICE_AGE_MS, deps.now))
  serveKiosk(serve, deps, faces, kioskEvidence)
  serveToday(serve, deps, createCache(TODAY_AGE_MS, deps.now))

  app.route('/api/v1', api)
  app.get('/health', async (c) => c.json(await readHealth(deps)))
  app.route('/', staticRoutes(clientFolder, PAGES))

  app.notFound((c) => problemReply(c, new Refusal('not_found')))
  app.onError((error, c) => {
    if (error instanceof Refusal) return problemReply(c, error)
    log.error('failed', { request: c.get('requestId'), ...describeError(error) })
    return problemReply(c, new Refusal('internal'))
  })
  return app
}
