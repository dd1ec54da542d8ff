import { expect, it } from 'vitest'
import { heldText } from './held-text.ts'
import { wordsId } from './words-id.ts'

const linesOf = (entry: object) =>
  heldText(entry, wordsId.privacy.held, 'id').map(({ label, text }) => `${label}: ${text}`)

it('says what is held in words, and leaves out what is internal or empty', () => {
  const entry = {
    id: 'u1',
    absensi_id: 'r1',
    has_face: true,
    teaches: [],
    note: null,
    date: '2026-11-23',
    status: 'hadir',
    accommodation: { poses: 'guided', slow: false },
    location: '{"distance":40,"accuracy":12}',
    challenges: 'blink,nod',
    signals: { blur: 1, glare: 2 },
    later_column: 'apa pun',
  }
  expect(linesOf(entry)).toEqual([
    'Wajah terdaftar: ya',
    'Tanggal: 23 Nov 2026',
    'Status: Hadir',
    'Penyesuaian: Pose: Dipandu, Waktu lebih lama: tidak',
    'Lokasi: Jarak (m): 40, Ketelitian (m): 12',
    'Gerakan: Kedip, Angguk',
    'Ukuran gerak: 2 catatan',
    'later_column: apa pun',
  ])
})
