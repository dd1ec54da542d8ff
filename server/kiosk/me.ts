import type { z } from 'zod'
import { readWallClock } from '../../shared/attendance/zone.ts'
import type { kioskMeReply, serverTimeReply } from '../../shared/contract/kiosk.ts'
import type { Deps } from '../deps.ts'
import { readSchoolSettings } from '../settings/store.ts'
import type { Kiosk } from './store.ts'

/** What the server's clock says. */
export function serverTime({ config, now }: Pick<Deps, 'config' | 'now'>): z.input<typeof serverTimeReply> {
  return { server_time: readWallClock(now(), config.timeZone).iso, epoch_ms: now() }
}

/** What a kiosk is told of itself, the time and the school. */
export async function describeMe(
  deps: Pick<Deps, 'db' | 'config' | 'now'>,
  { id, label, room, kelas }: Kiosk,
): Promise<z.input<typeof kioskMeReply>> {
  const { school_name, public_privacy } = await readSchoolSettings(deps.db)
  return {
    ...serverTime(deps),
    kiosk: { id, label, room, kelas: kelas === null ? null : [...kelas] },
    time_zone: deps.config.timeZone,
    profile: deps.config.profile,
    settings: { school_name, public_privacy },
  }
}
