import type { Words } from '../../http/language.ts'
import type { Cell, Table } from './table.ts'

const STATUS = {
  hadir: { id: 'Hadir', en: 'Present' },
  terlambat: { id: 'Terlambat', en: 'Late' },
  izin: { id: 'Izin', en: 'Excused' },
  sakit: { id: 'Sakit', en: 'Sick' },
  alfa: { id: 'Alfa', en: 'Absent' },
} as const satisfies Record<string, Words>

/** What a column is called; one that is not here keeps its name. */
const HEADS: Readonly<Record<string, Words>> = {
  date: { id: 'Tanggal', en: 'Date' },
  nim: { id: 'NIM', en: 'NIM' },
  name: { id: 'Nama', en: 'Name' },
  kelas: { id: 'Kelas', en: 'Class' },
  session: { id: 'Sesi', en: 'Session' },
  status: { id: 'Status', en: 'Status' },
  time: { id: 'Pukul', en: 'Time' },
  late_minutes: { id: 'Menit terlambat', en: 'Minutes late' },
  method: { id: 'Cara', en: 'How' },
  grade: { id: 'Tingkat', en: 'Grade' },
  confidence: { id: 'Keyakinan', en: 'Confidence' },
  ...STATUS,
  total: { id: 'Jumlah', en: 'Total' },
  percentage: { id: 'Persen hadir', en: 'Percent present' },
  is_below: { id: 'Di bawah batas', en: 'Below the limit' },
  three_absences: { id: '3 kali alfa berturut-turut', en: '3 absences in a row' },
}

/** What the codes of a column mean. */
const CODES: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  status: STATUS,
  method: {
    face: { id: 'Wajah, ponsel', en: 'Face, phone' },
    kiosk: { id: 'Kios', en: 'Kiosk' },
    manual: { id: 'Ditandai guru', en: 'Marked by a teacher' },
    izin: { id: 'Izin disetujui', en: 'Approved leave' },
    close: { id: 'Sesi ditutup', en: 'Session closed' },
    code: { id: 'Kode', en: 'Code' },
  },
  grade: {
    verified: { id: 'Terverifikasi', en: 'Verified' },
    provisional: { id: 'Sementara', en: 'Provisional' },
    review: { id: 'Perlu dilihat', en: 'To be looked at' },
  },
  is_below: { ya: { id: 'ya', en: 'yes' } },
  three_absences: { ya: { id: 'ya', en: 'yes' } },
}

/** The same table for people: heads and codes in words of a language. What a school wrote itself stays as it is. */
export function inWords({ heads, pages }: Table, language: keyof Words): Table {
  const codes = heads.map((head) => (Object.hasOwn(CODES, head) ? CODES[head] : undefined))
  const tell = (cell: Cell, at: number): Cell => {
    const known = codes[at]
    return typeof cell === 'string' && known && Object.hasOwn(known, cell) ? (known[cell]?.[language] ?? cell) : cell
  }
  async function* told(): AsyncGenerator<Cell[][]> {
    for await (const rows of pages) yield rows.map((row) => row.map(tell))
  }
  return {
    heads: heads.map((head) => (Object.hasOwn(HEADS, head) ? (HEADS[head]?.[language] ?? head) : head)),
    pages: told(),
  }
}
