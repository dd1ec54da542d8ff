import type { Status } from '../../../../shared/contract/absensi.ts'
import { correctRequest, type StaffAbsensi } from '../../../../shared/contract/absensi-admin.ts'
import { changedFields } from '../../parts/changed-fields.ts'

/** What a record should say, as the form holds it: minutes as they are typed, '' for no note. */
export interface CorrectionForm {
  readonly status: Status
  readonly minutes: string
  readonly note: string
}

type Corrected = Pick<StaffAbsensi, 'status' | 'late_minutes' | 'note'>

const minutesSchema = correctRequest.shape.late_minutes.unwrap()

/** The most minutes somebody may be late by: a day. */
export const MOST_MINUTES = Number(minutesSchema.maxValue)

/** The record as the form begins with it. */
export function toForm({ status, late_minutes, note }: Corrected): CorrectionForm {
  return { status, minutes: String(late_minutes), note: note ?? '' }
}

const readMinutes = (text: string) => minutesSchema.safeParse(text.trim() === '' ? Number.NaN : Number(text))

/** Whether the minutes are none the contract would take; those of whoever is not late are not asked for. */
export const hasWrongMinutes = ({ status, minutes }: CorrectionForm): boolean =>
  status === 'terlambat' && !readMinutes(minutes).success

/**
 * What a correction sends; null where nothing differs, or the minutes are wrong. Minutes and note go along only where they were
 * changed: what somebody else may have made of them meanwhile stays.
 */
export function findCorrection(record: Corrected, form: CorrectionForm) {
  if (hasWrongMinutes(form)) return null
  const { status, minutes, note } = form
  const before = { late_minutes: record.late_minutes, note: record.note ?? '' }
  const late_minutes = status === 'terlambat' ? Number(minutes) : record.late_minutes
  const changes = changedFields(before, { late_minutes, note: note.trim() })
  if (status === record.status && Object.keys(changes).length === 0) return null
  return { status, was: record.status, ...changes }
}
