import type { ProblemCode } from '../../shared/contract/problem.ts'
import type { Words } from './language.ts'

interface ProblemWords {
  readonly title: Words
  readonly detail: Words
}

/** What each problem says to people, when the act that refused has nothing more exact to say. */
export const PROBLEM_WORDS: Record<ProblemCode, ProblemWords> = {
  bad_request: {
    title: { id: 'Permintaan tidak sah', en: 'Bad request' },
    detail: { id: 'Periksa isian lalu kirim lagi.', en: 'Check the fields and send again.' },
  },
  bad_capture: {
    title: { id: 'Rekaman tidak terbaca', en: 'Unreadable capture' },
    detail: { id: 'Muat ulang halaman lalu coba lagi.', en: 'Reload the page and try again.' },
  },
  unauthenticated: {
    title: { id: 'Belum masuk', en: 'Not signed in' },
    detail: { id: 'Silakan masuk lagi.', en: 'Please sign in again.' },
  },
  wrong_credentials: {
    title: { id: 'Gagal masuk', en: 'Sign-in failed' },
    detail: {
      id: 'NIM atau kata sandi salah, atau akun belum diaktifkan.',
      en: 'The NIM or the password is wrong, or the account is not activated yet.',
    },
  },
  wrong_code: {
    title: { id: 'Kode tidak berlaku', en: 'Code not valid' },
    detail: {
      id: 'Periksa NIM dan kode, atau minta kode baru ke tata usaha.',
      en: 'Check the NIM and the code, or ask the school office for a new one.',
    },
  },
  forbidden: {
    title: { id: 'Tidak diizinkan', en: 'Not allowed' },
    detail: { id: 'Akun ini tidak boleh melakukannya.', en: 'This account may not do that.' },
  },
  confirm_password: {
    title: { id: 'Perlu kata sandi', en: 'Password needed' },
    detail: { id: 'Masukkan kata sandimu sekali lagi untuk melanjutkan.', en: 'Give your password again to go on.' },
  },
  registration_closed: {
    title: { id: 'Pendaftaran ditutup', en: 'Registration is closed' },
    detail: { id: 'Akun dibuat oleh tata usaha.', en: 'Accounts are made by the school office.' },
  },
  outside: {
    title: { id: 'Di luar tempat sesi', en: 'Not at the place' },
    detail: {
      id: 'Sesi ini hanya diambil di tempatnya. Pergilah ke sana dan izinkan lokasi, atau temui guru.',
      en: 'This session is taken at its place only. Go there and allow the location, or see your teacher.',
    },
  },
  wrong_device: {
    title: { id: 'Perangkat tidak cocok', en: 'Wrong device' },
    detail: {
      id: 'Perangkat ini tidak terdaftar untuk akunmu. Masuk lagi, atau hubungi tata usaha.',
      en: 'This device is not registered for your account. Sign in again, or ask the school office.',
    },
  },
  device_pending: {
    title: { id: 'Perangkat menunggu persetujuan', en: 'Device awaiting approval' },
    detail: {
      id: 'Tata usaha perlu menyetujui perangkat ini dulu.',
      en: 'The school office has to approve this device first.',
    },
  },
  consent_required: {
    title: { id: 'Perlu persetujuan', en: 'Consent needed' },
    detail: {
      id: 'Bacalah dan setujui penggunaan wajah terlebih dahulu.',
      en: 'Read and agree to the use of your face first.',
    },
  },
  not_found: {
    title: { id: 'Tidak ditemukan', en: 'Not found' },
    detail: { id: 'Yang diminta tidak ada.', en: 'What was asked for does not exist.' },
  },
  conflict: {
    title: { id: 'Bertentangan', en: 'Conflict' },
    detail: { id: 'Data berubah sementara itu. Muat ulang.', en: 'The data has changed meanwhile. Reload.' },
  },
  ticket_spent: {
    title: { id: 'Tiket absen sudah terpakai', en: 'Ticket already used' },
    detail: { id: 'Mulai lagi dari awal.', en: 'Start again from the beginning.' },
  },
  closed: {
    title: { id: 'Absensi ditutup', en: 'Attendance is closed' },
    detail: { id: 'Sesi ini tidak sedang dibuka.', en: 'This session is not open now.' },
  },
  ticket_expired: {
    title: { id: 'Waktu habis', en: 'Time is up' },
    detail: { id: 'Mulai lagi dari awal.', en: 'Start again from the beginning.' },
  },
  too_large: {
    title: { id: 'Terlalu besar', en: 'Too large' },
    detail: { id: 'Kiriman melebihi batas.', en: 'The request is larger than allowed.' },
  },
  not_live: {
    title: { id: 'Gerakan tidak terbaca', en: 'Movements not seen' },
    detail: {
      id: 'Ikuti petunjuk di layar dengan cahaya dari depan, lalu coba lagi.',
      en: 'Follow the prompts with light from the front, then try again.',
    },
  },
  not_matched: {
    title: { id: 'Wajah tidak dikenali', en: 'Face not recognised' },
    detail: {
      id: 'Cari cahaya yang lebih rata dan buka penutup wajah, lalu coba lagi; atau lapor ke guru.',
      en: 'Find even light and uncover your face, then try again; or see your teacher.',
    },
  },
  poor_shots: {
    title: { id: 'Foto wajah kurang baik', en: 'Shots not good enough' },
    detail: { id: 'Ulangi dengan cahaya yang lebih baik.', en: 'Take them again in better light.' },
  },
  waiting_for_review: {
    title: { id: 'Menunggu pemeriksaan', en: 'Waiting for review' },
    detail: { id: 'Temui tata usaha untuk melanjutkan.', en: 'See the school office to go on.' },
  },
  weak_password: {
    title: { id: 'Kata sandi terlalu lemah', en: 'Password too weak' },
    detail: {
      id: 'Pakai 8 karakter atau lebih (paling banyak 72 byte), dengan huruf dan angka.',
      en: 'Use 8 characters or more (72 bytes at most), with a letter and a digit.',
    },
  },
  slow_down: {
    title: { id: 'Terlalu sering', en: 'Too many tries' },
    detail: { id: 'Tunggu sebentar lalu coba lagi.', en: 'Wait a little, then try again.' },
  },
  internal: {
    title: { id: 'Kesalahan di server', en: 'Server error' },
    detail: {
      id: 'Coba lagi; bila berulang, beri tahu tata usaha kapan ini terjadi.',
      en: 'Try again; if it happens again, tell the school office when it happened.',
    },
  },
  unavailable: {
    title: { id: 'Belum bisa dilayani', en: 'Not available now' },
    detail: { id: 'Coba lagi sebentar lagi.', en: 'Try again in a moment.' },
  },
}
