import { z } from 'zod'
import { heartbeatReply } from '../../shared/contract/kiosk-offline.ts'
import type { KioskDatabase } from './kiosk-database.ts'
import { storing } from './storage-problem.ts'

export type HeartbeatReply = z.output<typeof heartbeatReply>

/** What the kiosk remembers of the server over a restart without a network. All throw `StorageProblem`. */
export interface KioskState {
  /** The newest reply of the heartbeat, or null: none, or one of another build that no longer reads. */
  heartbeat(): Promise<HeartbeatReply | null>
  saveHeartbeat(reply: HeartbeatReply): Promise<void>
  /** The newest time token, or null. Its anchor is not kept: after a reload nobody knows how long ago it came. */
  timeToken(): Promise<string | null>
  saveTimeToken(token: string): Promise<void>
  /** Forgets both: the kiosk was revoked. The events' counter stays. */
  clear(): Promise<void>
}

const HEARTBEAT = 'heartbeat'
const TOKEN = 'time-token'

export function createKioskState(database: KioskDatabase): KioskState {
  const { state } = database
  const read = async <T>(name: string, schema: z.ZodType<T>): Promise<T | null> => {
    const row = await storing(() => state.get(name))
    return schema.safeParse(row?.value).data ?? null
  }
  const save = (name: string, value: unknown) =>
    storing(async () => {
      await state.put({ name, value })
    })
  return {
    heartbeat: () => read(HEARTBEAT, heartbeatReply),
    saveHeartbeat: (reply) => save(HEARTBEAT, reply),
    timeToken: () => read(TOKEN, z.string()),
    saveTimeToken: (token) => save(TOKEN, token),
    clear: () => storing(() => state.bulkDelete([HEARTBEAT, TOKEN])),
  }
}
