import type { z } from 'zod'
import { readWallClock } from '../../../shared/attendance/zone.ts'
import { kioskApi } from '../../../shared/contract/api/kiosk.ts'
import type { eventReceiptSchema } from '../../../shared/contract/kiosk-offline.ts'
import type { Deps } from '../../deps.ts'
import { createTurns } from '../../evidence/turns.ts'
import type { Faces } from '../../face/faces.ts'
import { refuse } from '../../http/problem.ts'
import type { Serve } from '../../http/serve.ts'
import { signTimeToken } from '../offline/time-token.ts'
import { findKiosk } from '../store.ts'
import type { EvidenceReader } from './evidence-reader.ts'
import { countRevoked, type ReceiptRow } from './store.ts'
import { takeEvent } from './take.ts'

/** Events kept of a kiosk after it was shut out: more than it can hold tickets for, and no way to fill the disk. */
const KEPT_OF_REVOKED = 10_000

/** `/kiosk/events`: what kiosks captured without network. */
export function serveKioskEvents(serve: Serve, deps: Deps, faces: Faces, reader: EvidenceReader): void {
  const { db, config, keyRing, now } = deps
  const takeTurn = createTurns()

  serve(kioskApi.events, async (c, { body: { events } }) => {
    const kiosk = c.get('kiosk')
    if (kiosk.status === 'revoked' && (await countRevoked(db, kiosk.id)) >= KEPT_OF_REVOKED) refuse('forbidden')
    const origin = { ipAddress: c.get('address'), receivedAt: now(), reader }
    // One batch of a kiosk after the other: counters are looked at in their order.
    const receipts = await takeTurn(kiosk.id, async () => {
      const taken: ReceiptRow[] = []
      for (const event of events) taken.push(await takeEvent(deps, faces, kiosk, event, origin))
      return taken
    })
    // Of whom they were is told to a kiosk that is still let in.
    const isTold = (await findKiosk(db, kiosk.id)) !== null
    return {
      receipts: receipts.map((receipt) => describeReceipt(receipt, isTold, config.timeZone)),
      time_token: await signTimeToken(keyRing, kiosk.id, now()),
    }
  })
}

function describeReceipt(
  { event_id, result, reasons, name, status, captured_at }: ReceiptRow,
  isTold: boolean,
  timeZone: string,
): z.input<typeof eventReceiptSchema> {
  return {
    id: event_id,
    result,
    reason: result === 'already' || result === 'not_live' ? null : (reasons[0] ?? null),
    name: isTold ? name : null,
    status: isTold ? status : null,
    time: readWallClock(captured_at, timeZone).iso,
  }
}
