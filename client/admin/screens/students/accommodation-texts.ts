import { bilingual } from '../../language.ts'

/** What is made easier for whoever cannot do it as others do. */
export const accommodationTexts = bilingual(
  {
    title: 'Penyesuaian untuk siswa ini',
    short: 'Penyesuaian',
    hint: 'Untuk siswa yang tidak dapat melakukan gerakan tertentu, atau perlu lebih lama. Sebabnya tidak dicatat. Berlaku sejak absen berikutnya, di ponsel dan di kios (dengan NIM).',
    movements: 'Gerakan yang dapat ia lakukan',
    needOne: 'Sisakan sedikitnya satu gerakan.',
    slow: 'Waktu dua kali lipat',
    poses: 'Arah kepala saat mendaftar wajah bebas',
    only: (names: string) => `Hanya ${names}`,
    none: 'Tidak ada',
  },
  {
    title: 'Accommodation for this student',
    short: 'Accommodation',
    hint: 'For a student who cannot do some movement, or needs longer. Why is not recorded. It holds from the next check-in, on the phone and at a kiosk (with the NIM).',
    movements: 'Movements she can do',
    needOne: 'Leave at least one movement.',
    slow: 'Twice the time',
    poses: 'Any pose of the head when the face is enrolled',
    only: (names) => `Only ${names}`,
    none: 'None',
  },
)
