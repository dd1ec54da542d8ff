import { randomUUID } from 'node:crypto'
import type { EventReason } from '../../../shared/contract/kiosk-offline.ts'
import type { Deps } from '../../deps.ts'
import { assessLive } from '../../evidence/assess.ts'
import type { OpenedCapture } from '../../evidence/open-capture.ts'
import type { Outcome } from '../../evidence/outcome.ts'
import type { TicketClaims } from '../../evidence/ticket.ts'
import type { Faces } from '../../face/faces.ts'
import { recognise } from '../recognise.ts'
import { recordAtKiosk } from '../record.ts'
import { deviceOf } from '../scan.ts'
import type { Kiosk } from '../store.ts'
import type { Standing } from './doubt.ts'
import type { EvidenceReader } from './evidence-reader.ts'
import type { TakenEvent } from './store.ts'

/** What a capture came to: the receipt's part of the event's row, and the outcome the ticket is spent on. */
export interface Resolution
  extends Pick<TakenEvent, 'result' | 'reasons' | 'state' | 'personId' | 'absensiId' | 'checkId'> {
  readonly outcome: Outcome
}

/**
 * Judges and recognises a capture from the outbox and records its person at its time: graded `provisional`, with any doubt
 * `review`. A claim is compared 1:1, an unnamed capture looked for. Whatever is left open waits for a person; so does all
 * that comes from a kiosk that was shut out, which records nothing.
 */
export async function resolveFace(
  deps: Deps,
  faces: Faces,
  kiosk: Kiosk,
  {
    ticket,
    capture,
    nim,
    standing,
    ...origin
  }: {
    ticket: TicketClaims
    capture: OpenedCapture
    nim: string | null
    standing: Standing
    ipAddress: string
    receivedAt: number
    reader: EvidenceReader
  },
): Promise<Resolution> {
  const { time, doubts, spending } = standing
  const found: EventReason[] = [...doubts]
  let checkId: string | null = null
  let open: EventReason | null = null
  const outcome = await assessLive(
    deps,
    faces,
    { ticket, device: deviceOf(kiosk), capture },
    origin.receivedAt,
    async (evidence) => {
      checkId = evidence.checkId
      if (evidence.verdict.result === 'review') found.push('evidence')
      const who = await recognise(deps, faces, kiosk, evidence, { nim: nim ?? undefined, instant: time.instant })
      if (who.kind !== 'matched') {
        open = nim === null ? who.kind : 'not_claimed'
        return { receipt: { kind: 'unidentified', result: who.kind }, statements: [] }
      }
      if (who.twinNearer) found.push('twin_nearer')
      if (kiosk.status === 'revoked')
        return { receipt: { kind: 'unidentified', result: 'unknown' }, statements: [], personId: who.person.id }
      const grade = found.length > 0 ? 'review' : 'provisional'
      const deviceInfo = ['offline', ...found].join(' ')
      const { ipAddress } = origin
      const standing = { instant: time.instant, grade, deviceInfo, ipAddress, late: true } as const
      const recorded = await recordAtKiosk(deps, who, evidence, standing)
      if (recorded.doubt) found.push(recorded.doubt)
      const { receipt } = recorded
      // Her coming of one day must not become her leaving of another.
      return receipt.kind === 'attendance' && receipt.left && !time.trusted
        ? {
            ...recorded,
            receipt: { kind: receipt.kind, absensi_id: receipt.absensi_id, is_duplicate: true },
            statements: [],
          }
        : recorded
    },
    // A ticket has one check; what comes with one that was used before is recorded by itself.
    { known: true, judge: origin.reader.judge, ...(spending === 'unspent' ? {} : { session: randomUUID() }) },
  )
  const { receipt, personId = null } = outcome
  const common = { outcome, personId, checkId, absensiId: null }
  if (receipt.kind === 'refused' && receipt.code === 'not_live')
    return { ...common, result: 'not_live', reasons: found, state: 'done' }
  if (receipt.kind === 'attendance') {
    const { absensi_id: absensiId, is_duplicate } = receipt
    // What is recorded of her stays until a person has looked; so where only the kiosk says when it was: she may have come
    // on another day than the one on which she is recorded. Or her twin said to be her, who is nowhere then.
    if (is_duplicate && !time.trusted) found.push('another_day')
    if (is_duplicate && (outcome.doubt !== undefined || !time.trusted || found.includes('twin_nearer')))
      return { ...common, absensiId, result: 'review', reasons: found, state: 'waiting' }
    const result = is_duplicate ? 'already' : found.length > 0 ? 'review' : 'recorded'
    return { ...common, absensiId, result, reasons: found, state: 'done' }
  }
  if (receipt.kind === 'refused') open = receipt.code === 'closed' ? 'no_session' : 'several_people'
  const isUnknown = open !== null && nim === null && receipt.kind === 'unidentified' && kiosk.status === 'active'
  return {
    ...common,
    result: isUnknown ? 'unknown' : 'review',
    reasons: open === null ? found : [...found, open],
    state: 'waiting',
  }
}
