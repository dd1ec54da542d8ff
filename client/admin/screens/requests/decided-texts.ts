import { bilingual } from '../../language.ts'

/** Requests that were decided, and the answer a student gets. */
export const decidedTexts = bilingual(
  {
    which: 'Tampilkan',
    states: { open: 'Menunggu', approved: 'Disetujui', accepted: 'Disetujui', refused: 'Ditolak' },
    noneDecided: 'Belum ada',
    answer: 'Jawaban',
    decided: 'Diputuskan',
    refuseAsk: (name: string) => `Tolak permintaan ${name}?`,
    answerFor: 'Jawaban untuk siswa',
    answerHint: 'Boleh kosong; siswa membacanya di ponselnya.',
    answerLong: 'Terlalu panjang. Ringkas jawabannya.',
  },
  {
    which: 'Show',
    states: { open: 'Waiting', approved: 'Approved', accepted: 'Approved', refused: 'Refused' },
    noneDecided: 'None yet',
    answer: 'Answer',
    decided: 'Decided',
    refuseAsk: (name) => `Refuse the request of ${name}?`,
    answerFor: 'Answer to the student',
    answerHint: 'May be empty; the student reads it on her phone.',
    answerLong: 'Too long. Make it shorter.',
  },
)
