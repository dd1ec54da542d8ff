import { bilingual } from '../../language.ts'

/** A student's code, redeemed by whoever has her in front of her. */
export const codeTexts = bilingual(
  {
    title: 'Kode siswa',
    lead: 'Untuk siswa yang tidak bisa memakai kamera: ia menampilkan enam angka di ponselnya.',
    code: 'Enam angka',
    hint: 'Berlaku 60 detik sejak ditampilkan.',
    look: 'Cari pemilik kode',
    who: 'Apakah ini orang yang ada di depanmu?',
    within: (seconds: string) => `Pastikan dalam ${seconds} detik.`,
    yes: 'Ya, catat hadir',
    no: 'Bukan',
    another: 'Kode berikutnya',
    format: 'Tulis enam angka.',
  },
  {
    title: 'Student’s code',
    lead: 'For students who cannot use the camera: their phone shows six digits.',
    code: 'Six digits',
    hint: 'Good for 60 seconds from when they were shown.',
    look: 'Find whose it is',
    who: 'Is this the person in front of you?',
    within: (seconds) => `Confirm within ${seconds} seconds.`,
    yes: 'Yes, record her',
    no: 'No',
    another: 'Next code',
    format: 'Write six digits.',
  },
)
