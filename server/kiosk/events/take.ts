import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type KioskEvent, kioskEventSchema } from '../../../shared/contract/kiosk-offline.ts'
import { isConflict } from '../../db/write.ts'
import type { Deps } from '../../deps.ts'
import { requireNotRevoked } from '../../devices/store.ts'
import { findClaimedPerson, type Spending, spendTicket } from '../../evidence/store.ts'
import { readTicket } from '../../evidence/ticket.ts'
import type { Faces } from '../../face/faces.ts'
import { findUserByNim } from '../../users/store.ts'
import { findKiosk, type Kiosk } from '../store.ts'
import { doubtEvent, readCounter, type Standing } from './doubt.ts'
import type { EvidenceReader } from './evidence-reader.ts'
import { type Resolution, resolveFace } from './resolve-face.ts'
import { findReceipt, insertEvent, type ReceiptRow, type TakenEvent } from './store.ts'

/** Where a batch comes from, and when (ms). */
export interface Origin {
  readonly ipAddress: string
  readonly receivedAt: number
  /** What opens and judges its captures. */
  readonly reader: EvidenceReader
}

/** Tries of one event while others write at the same moment. */
const TRIES = 4

/**
 * Takes one event of a kiosk's outbox in: its row, its ticket's end, its attendance and its audit line in one batch. The same
 * id again gets the stored receipt, whatever comes with it.
 */
export async function takeEvent(
  deps: Deps,
  faces: Faces,
  sender: Kiosk,
  raw: { readonly id: string },
  origin: Origin,
): Promise<ReceiptRow> {
  let kiosk = sender
  for (let attempt = 1; ; attempt++) {
    const before = await findReceipt(deps.db, kiosk.id, raw.id)
    if (before !== null) return before
    // Revoked while its batch came in, or while the events before this one were looked at.
    if (attempt > 1) kiosk = (await findKiosk(deps.db, kiosk.id, { revoked: true })) ?? kiosk
    const { row, statements } = await judgeEvent(deps, faces, kiosk, raw, origin)
    try {
      const stillIn = kiosk.status === 'active' ? [requireNotRevoked({ id: kiosk.id, userId: null })] : []
      await deps.audit.write([...stillIn, ...statements, insertEvent(row)], {
        userId: null,
        action: 'take_kiosk_event',
        entityType: 'kiosk_event',
        entityId: row.id,
        details: {
          device: kiosk.id,
          result: row.result,
          reasons: row.reasons.join(','),
          ...(row.personId === null ? {} : { user: row.personId }),
        },
        ipAddress: origin.ipAddress,
      })
    } catch (error) {
      if (!isConflict(error) || attempt === TRIES) throw error
    }
  }
}

type Judged = { readonly row: TakenEvent; readonly statements: Resolution['outcome']['statements'] }

async function judgeEvent(
  deps: Deps,
  faces: Faces,
  kiosk: Kiosk,
  raw: { readonly id: string },
  origin: Origin,
): Promise<Judged> {
  const parsed = kioskEventSchema.safeParse(raw)
  if (!parsed.success) return keepUnreadable(deps, kiosk, raw, origin)
  const event = parsed.data
  const signed = await readTicket(deps.keyRing, event.ticket)
  if (signed === null || signed.device !== kiosk.id || signed.purpose !== 'identify')
    return keepUnreadable(deps, kiosk, raw, origin, event)
  const claim = event.nim === null ? null : ((await findUserByNim(deps.db, event.nim))?.user ?? null)
  // A leased ticket is for whoever comes; whoever said who she is has her own time.
  const slow = signed.slow || (claim?.accommodation.slow ?? false)
  const ticket = { ...signed, slow, user: await findClaimedPerson(deps.db, signed.id) }
  const captureHash = createHash('sha256').update(event.capture).digest('base64url')
  const standing = await doubtEvent(deps, kiosk, { event, ticket, captureHash }, origin.receivedAt)
  const { spending } = standing
  const row = describe(kiosk, event, { ticketId: ticket.id, claimId: claim?.id ?? null, standing, origin })

  if (spending !== 'unspent' && spending !== 'unknown' && spending.captureHash === captureHash)
    return { row: { ...row, ...repeatSpent(spending, event, standing) }, statements: [] }

  const { sealingKeys, model } = faces
  const context = { sealingKeys, deviceJwk: kiosk.jwk, receivedAt: origin.receivedAt }
  const capture = await origin.reader.open(event.capture, ticket, context)
  if (capture === null || capture.model !== model)
    return { row: { ...row, ...UNREADABLE, reasons: [...standing.doubts, 'unreadable'] }, statements: [] }
  const face = { ticket, capture, nim: event.nim, standing, ...origin }
  const { outcome, ...resolved } = await resolveFace(deps, faces, kiosk, face)
  const spent =
    spending === 'unspent' ? spendTicket(ticket.id, { captureHash, receipt: outcome.receipt }, origin.receivedAt) : []
  return { row: { ...row, ...resolved }, statements: [...spent, ...outcome.statements] }
}

const NOTHING = { personId: null, absensiId: null, checkId: null } as const
const UNREADABLE = { ...NOTHING, result: 'bad', state: 'waiting' } as const

/** What is kept of every event. */
function describe(
  kiosk: Kiosk,
  event: KioskEvent,
  {
    ticketId,
    claimId,
    standing,
    origin,
  }: { ticketId: string; claimId: string | null; standing: Standing; origin: Origin },
): TakenEvent {
  return {
    id: randomUUID(),
    kioskId: kiosk.id,
    eventId: event.id,
    counter: event.counter,
    clash: standing.clash,
    ticketId,
    receivedAt: origin.receivedAt,
    capturedAt: standing.time.instant,
    trusted: standing.time.trusted,
    wallAt: Date.parse(event.wall_time),
    nim: event.nim,
    claimId,
    ...UNREADABLE,
    reasons: standing.doubts,
  }
}

/** The very same capture came in before, online or as another event: what was made of it then. */
function repeatSpent(
  { receipt }: Spending,
  { nim }: KioskEvent,
  { doubts }: Standing,
): Pick<TakenEvent, 'result' | 'reasons' | 'state' | 'absensiId'> {
  if (receipt.kind === 'attendance')
    return { result: 'already', reasons: doubts, state: 'done', absensiId: receipt.absensi_id }
  if (receipt.kind === 'refused' && receipt.code === 'not_live')
    return { result: 'not_live', reasons: doubts, state: 'done', absensiId: null }
  const isShut = receipt.kind === 'shut' || (receipt.kind === 'refused' && receipt.code === 'closed')
  const open = isShut ? 'no_session' : nim === null ? 'unknown' : 'not_claimed'
  const result = open === 'unknown' && !doubts.includes('kiosk_revoked') ? 'unknown' : 'review'
  return { result, reasons: [...doubts, open], state: 'waiting', absensiId: null }
}

const readable = z.object({ counter: kioskEventSchema.shape.counter })

/**
 * Something that is no event, or whose ticket nobody can read: kept with what can be read of it, so that the counter does not
 * seem to have a gap, and who came is known where she said it.
 */
async function keepUnreadable(
  deps: Deps,
  kiosk: Kiosk,
  raw: { readonly id: string },
  origin: Origin,
  event: KioskEvent | null = null,
): Promise<Judged> {
  const nim = event?.nim ?? null
  const claim = nim === null ? null : ((await findUserByNim(deps.db, nim))?.user ?? null)
  const wallAt = event === null ? null : Date.parse(event.wall_time)
  const counter = readable.safeParse(raw).data?.counter ?? null
  const clash = counter !== null && (await readCounter(deps, kiosk, counter)).clash
  const row: TakenEvent = {
    id: randomUUID(),
    kioskId: kiosk.id,
    eventId: raw.id,
    counter,
    clash,
    ticketId: null,
    receivedAt: origin.receivedAt,
    // The kiosk's own clock is all there is.
    capturedAt: Math.min(wallAt ?? origin.receivedAt, origin.receivedAt),
    trusted: false,
    wallAt,
    nim,
    claimId: claim?.id ?? null,
    ...UNREADABLE,
    reasons: [...(kiosk.status === 'revoked' ? (['kiosk_revoked'] as const) : []), 'unreadable'],
  }
  return { row, statements: [] }
}
