import { z } from 'zod'
import { readWallClock } from '../../shared/attendance/zone.ts'
import { auditHeadSchema } from '../../shared/contract/audit.ts'
import type { Deps } from '../deps.ts'
import { readSchoolSettings } from '../settings/store.ts'
import { CONFIRMATION_HOURS, findOpenConfirmation } from './confirmations/store.ts'
import { tokenFor } from './confirmations/token.ts'
import { findAbsence } from './store.ts'

/** What a mail says; plain text. */
export interface Letter {
  readonly subject: string
  readonly text: string
}

/** Makes the text when the mail is sent; null when it need not be said any more. */
type Compose = (deps: Deps, data: unknown) => Promise<Letter | null>

const reportedSession = z.object({
  name: z.string(),
  students: z.number(),
  hadir: z.number(),
  terlambat: z.number(),
  izin: z.number(),
  sakit: z.number(),
  alfa: z.number(),
  belum: z.number(),
})
/** A session's day in a report, as `sumDays` counts it. */
export type ReportedSession = z.infer<typeof reportedSession>

const reportData = z.object({
  date: z.string(),
  /** Active students of the school. */
  students: z.number(),
  sessions: z.array(reportedSession),
  /** Attendances that wait for a person. */
  review: z.number(),
  /** When the newest backup was made, ISO 8601; null: there is none. */
  backup: z.string().nullable(),
  /** The first wrong or missing line of the audit log; null: it is whole. */
  broken_at: z.number().nullable(),
  head: auditHeadSchema,
})
const absenceData = z.object({ absensi_id: z.string() })
const confirmationData = z.object({ id: z.string() })

/** A calendar day as people write it: Senin, 2 November 2026. */
const writeDay = (date: string): string =>
  new Intl.DateTimeFormat('id-ID', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))

/** A moment (ISO 8601) on the school's clock: Senin, 2 November 2026 01.15. */
function writeMoment(iso: string, timeZone: string): string {
  const wall = readWallClock(Date.parse(iso), timeZone)
  return `${writeDay(wall.date)} ${wall.iso.slice(11, 16).replace(':', '.')}`
}

const tellSession = (one: ReportedSession) => `${one.name}, ${one.students} siswa
Hadir: ${one.hadir}
Terlambat: ${one.terlambat}
Izin: ${one.izin}
Sakit: ${one.sakit}
Alfa: ${one.alfa}
Belum tercatat: ${one.belum}`

/** Every kind of mail. */
export const LETTERS = {
  report: async ({ db, config }, data) => {
    const read = reportData.safeParse(data)
    // One that waited while the program was changed: it must not hold up the others.
    if (!read.success) return null
    const { date, students, sessions, review, backup, broken_at, head } = read.data
    const { school_name } = await readSchoolSettings(db)
    return {
      subject: `Laporan absensi ${date} - ${school_name}`,
      text: `Laporan harian ${school_name}, ${writeDay(date)}

Siswa aktif: ${students}

${sessions.length === 0 ? 'Tidak ada sesi hari ini.' : sessions.map(tellSession).join('\n\n')}

Perlu diperiksa: ${review}

Cadangan data terakhir: ${backup === null ? 'belum ada' : writeMoment(backup, config.timeZone)}
Catatan audit: ${broken_at === null ? 'utuh' : `RUSAK sejak baris ${broken_at}, periksa segera`}

Simpan email ini. Baris berikut adalah ujung catatan audit yang ditandatangani; dengan baris ini kelak dapat dibuktikan
bahwa tidak ada catatan yang dihapus (npm run audit:verify -- --head BERKAS):
${JSON.stringify(head)}
`,
    }
  },

  alfa: async ({ db }, data) => {
    const absence = await findAbsence(db, absenceData.parse(data).absensi_id)
    if (absence === null) return null
    const { school_name } = await readSchoolSettings(db)
    return {
      subject: `Pemberitahuan ketidakhadiran ${writeDay(absence.date)}`,
      text: `Yth. orang tua/wali,

${absence.name} tercatat tidak hadir tanpa keterangan (alfa) pada ${writeDay(absence.date)}${absence.session === null ? '' : `, sesi ${absence.session}`}.

Bila ini keliru atau ada keterangan izin atau sakit, mohon hubungi tata usaha sekolah.

${school_name}
`,
    }
  },

  confirmation: async (deps, data) => {
    const { id } = confirmationData.parse(data)
    const { config, db, keyRing, now } = deps
    const open = await findOpenConfirmation(db, id, now())
    if (open === null || config.publicUrl === undefined) return null
    const { school_name } = await readSchoolSettings(db)
    return {
      subject: `Konfirmasi alamat email - ${school_name}`,
      text: `Alamat ini didaftarkan untuk sebuah akun di ${config.appName}, ${school_name}.

Buka tautan berikut lalu tekan "Konfirmasi". Tautan berlaku ${CONFIRMATION_HOURS} jam dan hanya sekali:
${config.publicUrl}/#email=${tokenFor(keyRing, id, open.email)}

Bila bukan Anda, abaikan email ini: tanpa konfirmasi tidak terjadi apa-apa.
`,
    }
  },
} as const satisfies Record<string, Compose>

/** The text of a mail of a kind; null when it need not be said any more, or the kind is unknown. */
export async function composeLetter(deps: Deps, kind: string, data: unknown): Promise<Letter | null> {
  return kind in LETTERS ? LETTERS[kind as keyof typeof LETTERS](deps, data) : null
}
