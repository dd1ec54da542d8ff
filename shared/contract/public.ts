import { z } from 'zod'
import { statusSchema } from './absensi.ts'
import { dateSchema } from './endpoint.ts'

const count = z.number().int().nonnegative()

/** Read as loosely as this so that a text that is no NIM is answered like an unknown one. */
export const nimParams = z.object({ nim: z.string().max(200) })

export const todayStatsReply = z.object({
  date: z.string(),
  students: count,
  hadir: count,
  terlambat: count,
  izin: count,
  sakit: count,
  alfa: count,
  belum: count,
  percentage: z.number().nullable(),
})

export const latestQuery = z.object({ limit: z.coerce.number().int().min(1).max(50).default(10) })
export const latestReply = z.object({
  date: z.string(),
  /** How many came today, in all. */
  count,
  /** The latest first; empty where names may not be shown. */
  data: z.array(
    z.object({
      /** `S*** R***` where names are masked. */
      name: z.string(),
      kelas: z.string().nullable(),
      status: statusSchema,
      /** HH:MM:SS on the school's wall. */
      time: z.string(),
    }),
  ),
})

const day = z.object({
  date: z.string(),
  session: z.string(),
  status: statusSchema,
  /** HH:MM:SS on the school's wall, where the person came. */
  time: z.string().nullable(),
})
export const publicHistoryQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(30),
  until: dateSchema.optional(),
})
/** `nim` is what was asked; an unknown one and one without attendance look alike. */
export const publicHistoryReply = z.object({ nim: z.string(), name: z.string().nullable(), data: z.array(day) })
export const publicCheckStatusReply = z.object({
  nim: z.string(),
  name: z.string().nullable(),
  date: z.string(),
  has_attended: z.boolean(),
  absensi: z.array(day),
})
