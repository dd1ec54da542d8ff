import { z } from 'zod'
import type { Answer } from '../../client/outbox/send-batch.ts'
import { type EventReceipt, eventReceiptSchema } from '../../shared/contract/kiosk-offline.ts'
import type { Pupil } from './school.ts'

/** Somebody who stood before a kiosk and whose event was on its way into the outbox: what is true of it. */
export interface Visit {
  readonly id: string
  readonly kiosk: number
  /** The key of the tablet's pairing at that time. */
  readonly device: string
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
  /** When a kiosk was shut out, ms, by its key. */
  readonly shutOut: Map<string, number>
  readonly problems: string[]
  /** Reads every answer to a batch, also of those that never arrived. */
  read(answer: Answer): void
}

const reply = z.object({ receipts: z.array(eventReceiptSchema) })

export function createLedger(): Ledger {
  const receipts = new Map<string, EventReceipt>()
  const problems: string[] = []
  const visits = new Map<string, Visit>()
  const shutOut = new Map<string, number>()

  /** A kiosk that was shut out hears no names, not even those it heard before. */
  const nameless = (receipt: EventReceipt): EventReceipt => ({ ...receipt, name: null, status: null })

  return {
    visits,
    receipts,
    shutOut,
    problems,
    read({ status, body }) {
      if (status !== 200) return
      for (const receipt of reply.parse(body).receipts) {
        const told = receipts.get(receipt.id)
        const isShut = shutOut.has(visits.get(receipt.id)?.device ?? '')
        if (isShut && (receipt.name !== null || receipt.status !== null))
          problems.push(`event ${receipt.id}: a kiosk that was shut out was told a name`)
        if (told === undefined) receipts.set(receipt.id, receipt)
        const first = told !== undefined && isShut ? nameless(told) : told
        if (first !== undefined && JSON.stringify(first) !== JSON.stringify(receipt))
          problems.push(`two receipts for ${receipt.id}: ${JSON.stringify(first)} and ${JSON.stringify(receipt)}`)
      }
    },
  }
}
