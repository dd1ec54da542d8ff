import { bilingual } from '../../language.ts'

/** Leave that is opened again, and leave that staff enter. */
export const izinTexts = bilingual(
  {
    reopen: 'Buka lagi',
    reopenAsk: (name: string) => `Buka lagi izin ${name}?`,
    reopenApproved:
      'Izinnya kembali menunggu. Hari yang sudah tercatat sebagai izin atau sakit menjadi alfa sampai kamu memutuskan lagi.',
    reopenRefused: 'Izinnya kembali menunggu keputusan.',
    reopened: (name: string) => `${name}: menunggu lagi.`,
    enter: 'Catat izin atau sakit',
    enterFor: (name: string) => `Catat izin atau sakit ${name}`,
    enterBody:
      'Untuk surat orang tua, atau siswa tanpa ponsel. Langsung disetujui: hari yang sudah lewat diisi, dan yang hadir tetap hadir.',
    from: 'Dari',
    until: 'Sampai',
    reasonHint: 'Sedikitnya tiga huruf; siswa membacanya di ponselnya.',
    send: 'Catat',
    entered: (name: string) => `${name}: izin dicatat.`,
  },
  {
    reopen: 'Open again',
    reopenAsk: (name) => `Open the leave of ${name} again?`,
    reopenApproved:
      'It waits again. Days recorded as leave or sickness become absences until you have decided once more.',
    reopenRefused: 'It waits for a decision again.',
    reopened: (name) => `${name}: waiting again.`,
    enter: 'Enter leave',
    enterFor: (name) => `Enter leave for ${name}`,
    enterBody:
      'For a parent’s letter, or a student without a phone. Approved at once: days that are over are filled, and who came stays present.',
    from: 'From',
    until: 'Until',
    reasonHint: 'Three letters at least; the student reads it on her phone.',
    send: 'Enter',
    entered: (name) => `${name}: leave entered.`,
  },
)
