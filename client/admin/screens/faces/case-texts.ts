import { bilingual } from '../../language.ts'

/** Two accounts with one face: settled before this computer's camera. */
export const caseTexts = bilingual(
  {
    title: 'Wajah sama',
    back: 'Wajah sama',
    noPicture:
      'Tidak ada gambar untuk dibandingkan: sistem hanya menyimpan angka ciri wajah, dan wajah yang baru belum disimpan. Panggil keduanya, lalu lihat satu per satu di depan kamera ini.',
    enrolling: 'Sedang mendaftar',
    enrolled: 'Sudah terdaftar',
    since: (day: string) => `Akun dibuat ${day}`,
    hasFace: 'Ada wajah',
    noFace: 'Tanpa wajah',
    opened: (moment: string) => `Dibuka ${moment}`,
    lookTitle: 'Siapa yang ada di depan kamera?',
    lookBody: (name: string) =>
      `Kamera hanya mencocokkan dengan wajah yang sudah terdaftar di kelas ${name}, tidak menyimpan apa pun, dan tidak mencatat kehadiran.`,
    look: (name: string) => `Lihat ${name}`,
    saw: (name: string) => `Yang duduk sebagai ${name}:`,
    recognised: (name: string, percent: string) => `dikenali sebagai ${name} (${percent})`,
    decideTitle: 'Keputusan',
    decisions: {
      two_people: 'Dua orang yang mirip (misalnya kembar)',
      one_person: 'Satu orang dengan dua akun',
      error: 'Keliru: bukan wajah yang sama',
    },
    means: {
      two_people:
        'Keduanya boleh mendaftar. Sistem tidak menanyakan pasangan ini lagi; yang baru perlu mendaftar ulang.',
      one_person: 'Wajah pada akun yang lebih baru dihapus beserta kuncinya, dan tidak bisa dikembalikan.',
      error: 'Pendaftaran yang baru tidak disimpan. Ia boleh mencoba lagi di tempat yang lebih terang.',
    },
    reason: 'Alasan',
    reasonHint: 'Siapa yang hadir dan apa yang dilihat; tercatat di log audit.',
    settle: 'Putuskan',
    sure: 'Putuskan kasus ini?',
    settled: 'Kasus diputuskan.',
    settledTitle: 'Sudah diputuskan',
    enrolNow: (name: string) => `Daftarkan wajah ${name} sekarang`,
  },
  {
    title: 'Same face',
    back: 'Same face',
    noPicture:
      'There is no picture to compare: only numbers that describe a face are kept, and the new face is not kept yet. Call both people and look at one after the other before this camera.',
    enrolling: 'Enrolling',
    enrolled: 'Enrolled before',
    since: (day) => `Account made ${day}`,
    hasFace: 'Has a face',
    noFace: 'No face',
    opened: (moment) => `Opened ${moment}`,
    lookTitle: 'Who is before the camera?',
    lookBody: (name) =>
      `The camera compares with the faces enrolled in ${name}’s class only; it keeps nothing and records no attendance.`,
    look: (name) => `Look at ${name}`,
    saw: (name) => `Whoever sat there as ${name}:`,
    recognised: (name, percent) => `recognised as ${name} (${percent})`,
    decideTitle: 'Decision',
    decisions: {
      two_people: 'Two people who look alike (twins, say)',
      one_person: 'One person with two accounts',
      error: 'A mistake: not the same face',
    },
    means: {
      two_people: 'Both may enrol. This pair is not asked about again; the new one has to enrol once more.',
      one_person: 'The face of the newer account is deleted with its key, and cannot be brought back.',
      error: 'The new enrolment is not kept. She may try again in better light.',
    },
    reason: 'Reason',
    reasonHint: 'Who was there and what you saw; it stands in the audit log.',
    settle: 'Decide',
    sure: 'Settle this case?',
    settled: 'The case is settled.',
    settledTitle: 'Settled',
    enrolNow: (name) => `Enrol ${name}’s face now`,
  },
)
