import { z } from 'zod'
import { heartbeatReply } from '../../shared/contract/kiosk-offline.ts'
import type { KioskDatabase } from './kiosk-database.ts'
import { storing } from './storage-problem.ts'

export type HeartbeatReply = z.output<typeof heartbeatReply>

/** What the kiosk remembers of the server over a restart without a network. All throw `StorageProblem`. */
export interface KioskState {
  /** The newest reply of the heartbeat, or null: none, or one of another build that no longer reads. */
  heartbeat(): Promise<HeartbeatReply | null>
  /** Also the staff PIN's verifier, apart from it. */
  saveHeartbeat(reply: HeartbeatReply): Promise<void>
  /** What the staff PIN is checked with, also once this kiosk was shut out; null: there is none. */
  pin(): Promise<HeartbeatReply['pin']>
  /** The newest time token, or null. Its anchor is not kept: after a reload nobody knows how long ago it came. */
  timeToken(): Promise<string | null>
  saveTimeToken(token: string): Promise<void>
}

const HEARTBEAT = 'heartbeat'
/** The verifier's row stays when a kiosk was shut out: what is left on it is staff's to give up. */
export const PIN = 'pin'
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
    saveHeartbeat: (reply) =>
      storing(async () => {
        await state.bulkPut([
          { name: HEARTBEAT, value: reply },
          { name: PIN, value: reply.pin },
        ])
      }),
    pin: () => read(PIN, heartbeatReply.shape.pin),
    timeToken: () => read(TOKEN, z.string()),
    saveTimeToken: (token) => save(TOKEN, token),
  }
}
