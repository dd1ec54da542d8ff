import type { z } from 'zod'
import { readWallClock } from '../../shared/attendance/zone.ts'
import type { scanAttendanceReply, scanAttendanceRequest } from '../../shared/contract/kiosk.ts'
import type { Deps } from '../deps.ts'
import { approvePendingPhoneOf } from '../devices/decide.ts'
import type { Evidence } from '../evidence/assess.ts'
import { receiveAtKiosk } from '../evidence/receive.ts'
import type { TicketClaims } from '../evidence/ticket.ts'
import type { Faces } from '../face/faces.ts'
import type { AppContext } from '../http/env.ts'
import { say } from '../http/language.ts'
import { refuse } from '../http/problem.ts'
import { whyShut } from './open-classes.ts'
import { recognise } from './recognise.ts'
import { recordAtKiosk } from './record.ts'
import { type Kiosk, readMarked } from './store.ts'

/** Takes a kiosk's capture in, recognises, records, and says of the matched person what the kiosk shows. */
export async function scanAttendance(
  c: AppContext,
  deps: Deps,
  faces: Faces,
  { nim, device_info, ...sealed }: z.output<typeof scanAttendanceRequest>,
): Promise<z.input<typeof scanAttendanceReply>> {
  const kiosk = c.get('kiosk')
  const ipAddress = c.get('address')
  const sender = { kiosk: deviceOf(kiosk), ipAddress, userAgent: c.req.header('user-agent') }
  let recognised: string | null = null
  const receipt = await receiveAtKiosk(deps, faces, sender, sealed, async (evidence) => {
    const who = await recognise(deps, faces, kiosk, evidence, { nim, instant: beganAt(evidence, deps.now()) })
    recognised = who.kind === 'matched' ? who.person.id : null
    if (who.kind !== 'matched') return { receipt: { kind: 'unidentified', result: who.kind }, statements: [] }
    const instant = beganAt(evidence, deps.now())
    const grade = evidence.verdict.result === 'review' || who.twinNearer ? 'review' : 'verified'
    const standing = { instant, grade, deviceInfo: device_info, ipAddress } as const
    const outcome = await recordAtKiosk(deps, who, evidence, standing)
    if (outcome.receipt.kind !== 'refused' || outcome.receipt.code !== 'closed') return outcome
    return { ...outcome, receipt: { kind: 'shut', why: await whyShut(deps, who.person, instant) } }
  })
  const lab = receipt.lab === undefined ? {} : { lab: receipt.lab }
  const unmarked = (result: Exclude<keyof typeof WORDS, 'left'>) =>
    ({ success: false, result, message: say(c, WORDS[result]), absensi: null, left: false, ...lab }) as const
  if (receipt.kind === 'unidentified') return unmarked(receipt.result)
  if (receipt.kind === 'shut') return unmarked(receipt.why)
  if (receipt.kind === 'refused') {
    // More than one person in the capture.
    if (receipt.code === 'not_matched') return unmarked('unknown')
    refuse(receipt.code, lab)
  }
  const marked = receipt.kind === 'attendance' ? await readMarked(deps.db, receipt.absensi_id) : null
  if (receipt.kind !== 'attendance' || marked === null) return refuse('not_found')
  const { timestamp, left_at, ...shown } = marked
  const left = receipt.left === true && left_at !== null
  const result = receipt.is_duplicate ? 'already' : 'recorded'
  // She stood here in person: the one phone of hers that waits need not wait for the office.
  if (recognised !== null && result === 'recorded' && shown.grade === 'verified')
    await approvePendingPhoneOf(deps, recognised, { id: kiosk.id, ipAddress })
  const time = readWallClock(left ? left_at : timestamp, deps.config.timeZone).iso
  const message = say(c, WORDS[left ? 'left' : result])
  return { success: true, result, message, absensi: { ...shown, time }, left, ...lab }
}

/** When the walk began, ms: a ticket may have been drawn ahead, so as long ago as the trace is. */
function beganAt({ ticket, capture }: Evidence<TicketClaims>, now: number): number {
  return Math.max(ticket.issued_at, now - (capture.frames.at(-1)?.t ?? 0))
}

/** A kiosk as the device that signs captures. */
export function deviceOf({ id, jwk, label, status, createdAt }: Kiosk) {
  return { id, userId: null, kind: 'kiosk', jwk, label, status, createdAt } as const
}

const WORDS = {
  recorded: { id: 'Kehadiran tercatat.', en: 'Attendance recorded.' },
  left: { id: 'Kepulangan tercatat.', en: 'Leaving recorded.' },
  already: { id: 'Kehadiran sudah tercatat sebelumnya.', en: 'Attendance was recorded before.' },
  holiday: { id: 'Hari ini libur.', en: 'Today is a holiday.' },
  not_your_session: { id: 'Ini bukan sesimu.', en: 'This is not your session.' },
  closed: { id: 'Tidak ada sesi yang dibuka sekarang.', en: 'No session is open now.' },
  ambiguous: { id: 'Belum pasti. Ketik NIM lalu coba lagi.', en: 'Not certain. Type the NIM and try again.' },
  many: { id: 'Ketik NIM lebih dulu.', en: 'Type the NIM first.' },
  unknown: { id: 'Wajah belum dikenali. Coba lagi atau ketik NIM.', en: 'Not recognised. Try again or type the NIM.' },
}
