import { bilingual } from '../../language.ts'

/** Leave that waits, and leave that was decided. */
export const izinTexts = bilingual(
  {
    which: 'Tampilkan',
    states: { open: 'Menunggu', approved: 'Disetujui', refused: 'Ditolak' },
    noneDecided: 'Belum ada',
    reopen: 'Buka lagi',
    reopenAsk: (name: string) => `Buka lagi izin ${name}?`,
    reopenApproved:
      'Izinnya kembali menunggu. Hari yang sudah tercatat sebagai izin atau sakit menjadi alfa sampai kamu memutuskan lagi.',
    reopenRefused: 'Izinnya kembali menunggu keputusan.',
    reopened: (name: string) => `${name}: menunggu lagi.`,
  },
  {
    which: 'Show',
    states: { open: 'Waiting', approved: 'Approved', refused: 'Refused' },
    noneDecided: 'None yet',
    reopen: 'Open again',
    reopenAsk: (name) => `Open the leave of ${name} again?`,
    reopenApproved:
      'It waits again. Days recorded as leave or sickness become absences until you have decided once more.',
    reopenRefused: 'It waits for a decision again.',
    reopened: (name) => `${name}: waiting again.`,
  },
)
