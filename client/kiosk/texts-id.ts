import type { Status } from '../../shared/contract/absensi.ts'
import type { CameraTrouble } from '../camera/camera-types.ts'
import type { Hint, Prompt } from '../check-in/walk-state.ts'
import type { ApiCode } from '../core/api-problem.ts'
import { formatTime } from '../core/clock.ts'
import type { Stop, Trouble } from './kiosk.ts'

/** `HH:MM` as it is written here. */
const clock = (time: string) => formatTime(time, 'id')

const prompts: Readonly<Record<Prompt, string>> = {
  blink: 'Kedipkan mata dua kali',
  'turn-left': 'Tengok ke kiri',
  'turn-right': 'Tengok ke kanan',
  smile: 'Tersenyum lebar',
  nod: 'Anggukkan kepala',
  'pose-front': 'Lihat lurus ke depan',
  'pose-left': 'Tengok sedikit ke kiri',
  'pose-right': 'Tengok sedikit ke kanan',
  'pose-any': 'Tahan wajah di dalam oval',
}

const hints: Readonly<Record<Hint, string>> = {
  no_face: 'Arahkan wajah ke dalam oval',
  one_face_only: 'Satu orang saja di depan kamera',
  closer: 'Lebih dekat',
  further: 'Lebih jauh sedikit',
  centre: 'Geser wajah ke tengah oval',
  too_dark: 'Terlalu gelap',
  too_bright: 'Terlalu terang',
  look_straight: 'Lihat lurus ke kamera',
  hold_still: 'Tahan sebentar',
  blurred: 'Kabur, diam sebentar',
  uncover_face: 'Jangan tutupi wajah',
}

const status: Readonly<Record<Status, string>> = {
  hadir: 'Hadir',
  terlambat: 'Terlambat',
  izin: 'Izin',
  sakit: 'Sakit',
  alfa: 'Alfa',
}

const troubles: Readonly<Record<Trouble, { readonly title: string; readonly body: string }>> = {
  unknown: { title: 'Wajah belum dikenali', body: 'Coba sekali lagi, atau ketik NIM. Bisa juga lapor ke guru.' },
  ambiguous: { title: 'Belum pasti', body: 'Ketik NIM-mu, lalu lihat ke kamera sekali lagi.' },
  not_live: {
    title: 'Coba sekali lagi',
    body: 'Lakukan gerakan yang diminta, wajah menghadap cahaya dan tidak tertutup.',
  },
  not_yours: { title: 'Bukan sesimu', body: 'Sesi yang sedang dibuka bukan untuk kelasmu. Tanyakan ke guru.' },
  holiday: { title: 'Hari libur', body: 'Hari ini tidak ada absensi.' },
  closed: { title: 'Absensi ditutup', body: 'Tidak ada sesi yang dibuka sekarang. Tanyakan ke guru.' },
  slow: {
    title: 'Tunggu sebentar',
    body: 'Terlalu banyak percobaan. Coba lagi dalam beberapa menit, atau lapor ke guru.',
  },
  retry: {
    title: 'Belum ada kepastian',
    body: 'Jawaban server belum jelas. Lihat ke kamera sekali lagi: yang sudah tercatat tidak dihitung dua kali.',
  },
  no_fit: { title: 'Silakan ke guru', body: 'Tanpa jaringan, kios ini belum dapat memeriksa wajahmu.' },
  not_saved: { title: 'Tidak tersimpan', body: 'Penyimpanan kios bermasalah. Belum tercatat: lapor ke guru.' },
}

const stops: Readonly<Record<Stop, { readonly title: string; readonly body: string }>> = {
  no_tickets: {
    title: 'Absen lewat guru',
    body: 'Tiket kios ini habis: terlalu lama tanpa jaringan. Kios dibuka lagi setelah tersambung.',
  },
  storage_full: { title: 'Absen lewat guru', body: 'Penyimpanan kios ini penuh: tidak ada lagi yang dapat dicatat.' },
  storage_failed: {
    title: 'Absen lewat guru',
    body: 'Penyimpanan kios ini bermasalah. Kios mencoba memperbaikinya sendiri.',
  },
}

const cameras: Readonly<Record<CameraTrouble, string>> = {
  insecure: 'Kamera hanya boleh dipakai lewat alamat https://',
  none: 'Kamera tidak ditemukan',
  denied: 'Kamera belum diizinkan di peramban ini',
  busy: 'Kamera dipakai program lain',
  lost: 'Kamera terputus, mencoba lagi',
  unsupported: 'Peramban ini tidak dapat membuka kamera',
}

/** Every text of the kiosk in Indonesian. The type of this object is what another language must fill. */
export const id = {
  app: 'Smart Absensi',
  lab: 'Mode lab: uji coba, bukan kehadiran sungguhan',
  starting: 'Menyiapkan kios',
  language: 'Bahasa',
  back: 'Kembali',
  cancel: 'Batal',
  online: 'Tersambung',
  offline: 'Tanpa jaringan',
  waiting: (n: number) => `${n} menunggu kirim`,
  oldest: (time: string, day: string | null) => `tertua ${day === null ? '' : `${day} `}${clock(time)}`,
  stock: (n: number) => `${n} tiket`,
  late: (n: number, day: string) => `${n} perlu guru (${day})`,
  yesterday: 'kemarin',
  today: 'hari ini',
  clockUnknown: 'Jam belum dipastikan',
  leaving: (name: string) => `Pulang (${name})`,
  open: (name: string, until: string) => `${name}, sampai ${clock(until)}`,
  next: (name: string, from: string) => `${name} dibuka ${clock(from)}`,
  noSession: 'Tidak ada sesi lagi hari ini',
  holiday: (name: string) => `Libur: ${name}`,
  allKelas: 'Semua kelas',
  preview: 'Pratinjau kamera',
  progress: 'Kemajuan',
  invite: 'Lihat ke kamera',
  closed: 'Layar ditutup. Lihat ke kamera.',
  /** The browser may be asking just now. */
  awaitingCamera: 'Menunggu kamera',
  awaitingCameraBody: 'Bila peramban bertanya, pilih Izinkan.',
  inviteBody: 'Mendekat sejauh satu lengan. Tidak perlu menyentuh layar.',
  inviteOffline: 'Jaringan sedang putus. Absensi tetap bisa, dan dikirim nanti.',
  idle: {
    wait: 'Satu per satu, yang lain tunggu dulu',
    closer: 'Lebih dekat',
    look: 'Sekarang lihat ke kamera',
  },
  known: 'Sudah tersimpan. Silakan lewat.',
  knownBody: 'Menunggu kepastian.',
  knownAs: (name: string) => `${name}, kamu sudah tercatat`,
  notYou: 'Silakan lewat. Bukan kamu? Tekan Pakai NIM.',
  claimed: (who: string) => `Untuk: ${who}`,
  settling: 'Tahan sebentar',
  attempt: (n: number) => `Percobaan ${n}`,
  checking: 'Memeriksa',
  loadingFaces: (percent: number) => `Memuat pengenal wajah ${percent} %`,
  noFaces: 'Pengenal wajah belum dapat dimuat, mencoba lagi',
  useNim: 'Pakai NIM',
  pickOther: 'Ganti nama',
  pickName: 'Pilih nama',
  settings: 'Pengaturan',
  prompts,
  hints,
  status,
  troubles,
  stops,
  cameras,
  result: {
    recorded: 'Tercatat',
    left: 'Pulang tercatat',
    late: (minutes: number) => `Terlambat ${minutes} menit`,
    already: (time: string) => `Sudah tercatat pukul ${clock(time)}`,
    absent: (status: string) => `Tercatat ${status.toLowerCase()}`,
    absentBody: 'Sudah ditandai begitu. Temui guru untuk mengubahnya.',
    provisional: 'Tersimpan, menunggu kepastian',
    saved: (time: string) => `Pukul ${clock(time)}`,
    savedUnsure: 'Jam kios belum dipastikan',
    provisionalBody: 'Dikirim begitu jaringan kembali.',
    unnamed: 'Tanpa nama',
    review: 'Akan diperiksa guru',
    at: (time: string) => `pukul ${clock(time)}`,
  },
  nim: {
    title: 'Ketik NIM',
    label: 'NIM',
    next: 'Lanjut',
    erase: 'Hapus satu',
    other: 'Ada huruf atau titik? Buka papan ketik',
  },
  pick: {
    title: 'Siapa kamu?',
    lead: 'Tanpa jaringan, wajah dicocokkan nanti.',
    kelas: 'Pilih kelas',
    noKelas: 'Tanpa kelas',
    name: 'Pilih nama',
    unnamed: 'Lewati, tanpa nama',
    empty: 'Daftar nama belum ada di kios ini. Ketik NIM, atau lewati.',
  },
  code: {
    title: 'Pasangkan kios ini',
    lead: 'Admin membuat kode di konsol: Permintaan, Kios. Kode berlaku sepuluh menit.',
    label: 'Kode',
    submit: 'Pasangkan',
    short: 'Kode terdiri dari sepuluh huruf dan angka.',
    anew: 'Buat kunci baru',
    insecure: 'Alamat ini tidak aman. Buka kios lewat https:// atau localhost.',
  },
  fingerprint: {
    title: 'Cocokkan sidik kunci',
    lead: 'Bandingkan dengan yang tampil di konsol. Bila sama, admin menekan “Sama, pasangkan”.',
    waiting: 'Menunggu admin',
    anew: 'Ulang dengan kode lain',
  },
  broken: {
    title: 'Kios ini belum dapat dibuka',
    body: 'Penyimpanan atau berkasnya tidak terbaca. Absen lewat guru; kios mencoba lagi sendiri.',
    again: 'Coba sekarang',
  },
  revoked: {
    title: 'Kios ini sudah dicabut',
    body: 'Server sekolah tidak lagi menerima kios ini. Tiket dan daftar nama telah dihapus. Absen lewat guru; kios bertanya lagi tiap menit.',
    left: (n: number) =>
      `${n} catatan belum terkirim masih tersimpan di sini. Catatan itu dikirim dulu begitu ada jaringan.`,
    refused: (n: number) =>
      `Server tidak menerima ${n} catatan dari kios ini. Kalau kamu pasangkan lagi sekarang, catatan itu hilang. Bila server sedang dipulihkan, tunggu dulu.`,
    unanswered: 'Server belum menjawab, coba lagi nanti.',
    anew: 'Pasangkan lagi',
    lose: (n: number) => `Buang ${n} catatan, lalu pasangkan lagi`,
  },
  pin: {
    title: 'PIN petugas',
    wrong: 'PIN salah. Setelah lima kali salah, tunggu satu menit.',
    locked: 'Terlalu banyak PIN salah. Tunggu satu menit, lalu coba lagi.',
    next: { settings: 'Buka', lose: 'Buang catatan' },
  },
  setup: {
    title: 'Pengaturan kios',
    noPin: 'Belum ada PIN petugas: siapa pun dapat membuka ini. Atur di konsol: Permintaan, Kios, PIN petugas.',
    camera: 'Kamera',
    unnamed: (n: number) => `Kamera ${n}`,
    sound: 'Suara',
    on: 'Nyala',
    off: 'Mati',
    full: 'Layar penuh',
    leave: 'Keluar dari layar penuh',
    about: 'Tentang kios ini',
    done: 'Selesai',
    results: 'Hasil yang datang belakangan',
    noResults: 'Belum ada.',
    day: (recorded: number, already: number, teacher: number, notLive: number) =>
      `${recorded} tercatat, ${already} sudah tercatat, ${teacher} perlu guru, ${notLive} ditolak`,
  },
  problems: {
    wrong_code: 'Kode salah, sudah dipakai, atau sudah lewat. Minta kode baru.',
    wrong_device: 'Kunci kios ini tidak diterima. Buat kunci baru, lalu ketik kodenya lagi.',
    no_network: 'Server sekolah tidak terjangkau. Periksa jaringan, lalu coba lagi.',
    slow_down: 'Terlalu banyak percobaan. Tunggu beberapa menit.',
  } as Partial<Record<ApiCode, string>>,
  otherProblem: 'Belum berhasil. Coba lagi sebentar.',
}

export type Texts = typeof id
