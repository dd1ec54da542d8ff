import { randomUUID } from 'node:crypto'
import { kioskApi } from '../../../shared/contract/api/kiosk.ts'
import type { Deps } from '../../deps.ts'
import { leaseTickets, renewMs } from '../../evidence/leases/lease.ts'
import type { Faces } from '../../face/faces.ts'
import type { Serve } from '../../http/serve.ts'
import { readSchoolSettings } from '../../settings/store.ts'
import { describeMe } from '../me.ts'
import { scopeOfKiosk } from '../scope.ts'
import { listKioskDays } from './days.ts'
import { readPin } from './pin.ts'
import { stockTarget, versionOfRoster } from './roster.ts'
import { countRoster, listRoster, setTold } from './store.ts'
import { signTimeToken } from './time-token.ts'

/** What a kiosk needs to go on without network. */
export function serveKioskOffline(serve: Serve, deps: Deps, faces: Faces): void {
  const { db, keyRing, now } = deps

  serve(kioskApi.heartbeat, async (c, { body: { oldest, ...told } }) => {
    const kiosk = c.get('kiosk')
    await db.write([setTold(kiosk.id, { ...told, oldest: oldest === null ? null : Date.parse(oldest) }, now())])
    const { version, total } = await versionOfRoster(db, kiosk)
    const { kiosk_lease_days } = await readSchoolSettings(db)
    return {
      ...(await describeMe(deps, kiosk)),
      time_token: await signTimeToken(keyRing, kiosk.id, now()),
      pin: await readPin(db),
      stock_target: stockTarget(total),
      renew_within: Math.floor(renewMs(kiosk_lease_days) / 1000),
      roster_version: version,
      days: await listKioskDays(deps, kiosk),
    }
  })

  serve(kioskApi.roster, async (c, { query }) => {
    const kiosk = c.get('kiosk')
    return { ...(await versionOfRoster(db, kiosk)), students: await listRoster(db, scopeOfKiosk(kiosk), query) }
  })

  serve(kioskApi.leases, async (c, { body: { id = randomUUID(), held, count } }) => {
    const kiosk = c.get('kiosk')
    const target = stockTarget(await countRoster(db, scopeOfKiosk(kiosk)))
    const wanted = Math.min(count, target - held)
    const most = { kioskId: kiosk.id, id, held, count: wanted, most: target }
    const tickets = wanted <= 0 ? [] : await leaseTickets(deps, faces.sealingKeys, most)
    return { tickets, stock_target: target }
  })
}
