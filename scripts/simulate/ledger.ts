import { z } from 'zod'
import type { Answer } from '../../client/outbox/send-batch.ts'
import { type EventReceipt, eventReceiptSchema } from '../../shared/contract/kiosk-offline.ts'
import type { Pupil } from './school.ts'

/** Somebody who stood before a kiosk and whose event was on its way into the outbox: what is true of it. */
export interface Visit {
  readonly id: string
  readonly kiosk: number
  /** Null: nobody the server knows a face of. */
  readonly pupil: Pupil | null
  readonly nim: string | null
  /** When it truly happened, ms. */
  readonly at: number
  /** Whether the page knew how long ago its time token came. */
  readonly anchored: boolean
  /** The kiosk said "saved". */
  saved: boolean
}

/** The bookkeeping of the simulation, apart from both sides. */
export interface Ledger {
  readonly visits: Map<string, Visit>
  /** What the server answered for each event, the first time. */
  readonly receipts: Map<string, EventReceipt>
  readonly problems: string[]
  /** Reads every answer to a batch, also of those that never arrived. */
  read(answer: Answer): void
}

const reply = z.object({ receipts: z.array(eventReceiptSchema) })

export function createLedger(): Ledger {
  const receipts = new Map<string, EventReceipt>()
  const problems: string[] = []
  return {
    visits: new Map(),
    receipts,
    problems,
    read({ status, body }) {
      if (status !== 200) return
      for (const receipt of reply.parse(body).receipts) {
        const first = receipts.get(receipt.id)
        if (first === undefined) receipts.set(receipt.id, receipt)
        else if (JSON.stringify(first) !== JSON.stringify(receipt))
          problems.push(`two receipts for ${receipt.id}: ${JSON.stringify(first)} and ${JSON.stringify(receipt)}`)
      }
    },
  }
}
