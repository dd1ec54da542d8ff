import type { StaffAbsensi } from '../../../../shared/contract/absensi-admin.ts'

/** Whether a record's time is one of its day: what is written by hand for an earlier day has the time of the writing. */
export const saysWhen = ({ method, timestamp, date }: Pick<StaffAbsensi, 'method' | 'timestamp' | 'date'>): boolean =>
  method !== 'manual' || timestamp.startsWith(date)
