import type { Failure } from '../check-in/walk-state.ts'

/** A failure in words: what happened, and what to do next. Never a number, never an accusation. */
export interface FailureText {
  readonly title: string
  readonly body: string
}

/** Indonesian. */
export const failuresId: Readonly<Record<Failure, FailureText>> = {
  insecure: {
    title: 'Alamat ini tidak aman',
    body: 'Kamera hanya boleh dipakai lewat alamat yang diawali https://. Minta alamat yang benar ke sekolah, lalu buka dari sana.',
  },
  none: {
    title: 'Kamera tidak ditemukan',
    body: 'Pasang atau nyalakan kamera, lalu coba lagi. Tidak punya kamera? Minta guru mencatat kehadiranmu.',
  },
  denied: {
    title: 'Kamera belum diizinkan',
    body: 'Peramban memblokir kamera untuk halaman ini. Izinkan dengan langkah berikut, lalu coba lagi.',
  },
  busy: {
    title: 'Kamera sedang dipakai',
    body: 'Aplikasi lain sedang memakai kamera. Tutup panggilan video atau aplikasi kamera, lalu coba lagi.',
  },
  lost: {
    title: 'Kamera terputus',
    body: 'Gambar dari kamera berhenti. Biarkan halaman ini tetap terbuka di layar, lalu coba lagi.',
  },
  unsupported: {
    title: 'Peramban ini belum bisa',
    body: 'Peramban ini tidak dapat membuka kamera. Perbarui peramban, atau pakai Chrome, Firefox, atau Safari terbaru.',
  },
  no_engine: {
    title: 'Ponsel ini tidak bisa mengolah gambar',
    body: 'Peramban ini tidak menyediakan WebGL maupun WebAssembly. Perbarui peramban atau pakai perangkat lain. Untuk hari ini, minta guru mencatat kehadiranmu.',
  },
  engine_failed: {
    title: 'Pengolah wajah berhenti',
    body: 'Tutup aplikasi lain agar memori lega, muat ulang halaman ini, lalu coba lagi.',
  },
  no_network: {
    title: 'Tidak ada jaringan',
    body: 'Server sekolah tidak terjangkau. Periksa Wi‑Fi atau data seluler, lalu coba lagi.',
  },
  no_challenge_met: {
    title: 'Wajah atau gerakan belum terlihat',
    body: 'Pegang ponsel setinggi mata, wajah menghadap cahaya, lalu lakukan gerakan dengan jelas begitu diminta. Ada gerakan yang sulit bagimu? Sekolah dapat mengaturnya untukmu.',
  },
  no_good_shot: {
    title: 'Gambar wajah belum cukup jelas',
    body: 'Cari cahaya merata dari depan, bersihkan lensa, lepas masker, dan tahan ponsel sebentar. Lalu coba lagi.',
  },
  not_live: {
    title: 'Belum dapat dipastikan',
    body: 'Coba di tempat yang terang merata, tanpa masker, ponsel setinggi mata, dan lakukan setiap gerakan saat diminta. Tetap gagal? Minta guru mencatat kehadiranmu.',
  },
  not_matched: {
    title: 'Wajah tidak cocok dengan akun ini',
    body: 'Pastikan ini akunmu sendiri. Lepas masker atau kacamata gelap, menghadap cahaya, lalu coba lagi. Kalau penampilanmu banyak berubah, daftarkan ulang wajahmu. Guru juga dapat mencatat kehadiranmu.',
  },
  poor_shots: {
    title: 'Gambar wajah belum memadai',
    body: 'Gambarnya kurang jelas atau terlalu berbeda satu sama lain. Ulangi sendirian di depan kamera, di tempat terang.',
  },
  waiting_for_review: {
    title: 'Menunggu pemeriksaan',
    body: 'Pendaftaran wajahmu perlu dilihat petugas sekolah. Temui petugas; setelah itu kamu dapat absen seperti biasa.',
  },
  device_pending: {
    title: 'Ponsel ini menunggu persetujuan',
    body: 'Minta admin sekolah menyetujui ponsel ini. Ponsel yang sudah disetujui tetap bisa dipakai.',
  },
  wrong_device: {
    title: 'Ponsel ini bukan milik akun ini',
    body: 'Absen hanya dari ponsel yang terdaftar atas namamu. Pakai ponselmu sendiri, atau minta admin sekolah memindahkannya.',
  },
  ticket_expired: {
    title: 'Waktunya habis',
    body: 'Satu kali absen ada batas waktunya. Mulai lagi; biasanya selesai dalam setengah menit.',
  },
  ticket_spent: {
    title: 'Percobaan ini sudah dipakai',
    body: 'Setiap percobaan hanya berlaku sekali. Mulai lagi untuk mendapat yang baru.',
  },
  consent_required: {
    title: 'Persetujuanmu diperlukan',
    body: 'Baca dan setujui dulu penjelasan tentang data wajah. Tanpa itu kamera tidak dibuka.',
  },
  closed: {
    title: 'Sesi absen ditutup',
    body: 'Di luar jam sesi, absen tidak dicatat. Kalau kamu hadir, temui guru piket agar dicatat.',
  },
  slow_down: {
    title: 'Terlalu banyak percobaan',
    body: 'Tunggu sebentar sebelum mencoba lagi. Ini melindungi akunmu.',
  },
  unauthenticated: {
    title: 'Silakan masuk lagi',
    body: 'Kamu perlu masuk lagi ke akunmu, dengan NIM dan kata sandimu.',
  },
  wrong_credentials: {
    title: 'NIM atau kata sandi salah',
    body: 'Periksa lagi keduanya. Belum punya kata sandi? Aktifkan akun dengan kode dari sekolah.',
  },
  wrong_code: {
    title: 'Kode tidak berlaku',
    body: 'Periksa NIM dan kodenya. Kode berlaku 14 hari dan sekali pakai; minta kode baru ke sekolah bila perlu.',
  },
  weak_password: {
    title: 'Pilih kata sandi lain',
    body: 'Pakai minimal 8 karakter dengan sedikitnya satu huruf dan satu angka, dan bukan yang dicoba semua orang lebih dulu, seperti "password1".',
  },
  forbidden: { title: 'Akun ini tidak berhak', body: 'Akunmu tidak boleh melakukan ini. Tanyakan ke admin sekolah.' },
  confirm_password: { title: 'Perlu kata sandi', body: 'Masukkan kata sandimu sekali lagi untuk melanjutkan.' },
  registration_closed: { title: 'Akun dibuat oleh sekolah', body: 'Mintalah kode aktivasi ke tata usaha.' },
  outside: {
    title: 'Bukan di tempatnya',
    body: 'Sesi ini hanya diambil di tempatnya. Pergilah ke sana, izinkan lokasi, lalu coba lagi; atau temui gurumu.',
  },
  not_found: { title: 'Tidak ditemukan', body: 'Yang kamu cari sudah tidak ada. Kembali ke beranda.' },
  conflict: {
    title: 'Sudah berubah',
    body: 'Datanya baru saja diubah dari tempat lain. Kembali ke beranda dan lihat keadaannya.',
  },
  bad_request: { title: 'Halaman ini sudah usang', body: 'Muat ulang halaman ini, lalu ulangi.' },
  bad_capture: {
    title: 'Data tidak terbaca server',
    body: 'Muat ulang halaman ini, lalu ulangi. Periksa juga jaringanmu.',
  },
  too_large: {
    title: 'Data terlalu besar',
    body: 'Muat ulang halaman ini, lalu ulangi dengan gerakan yang lebih singkat.',
  },
  internal: {
    title: 'Terjadi kesalahan',
    body: 'Ini bukan salahmu. Coba lagi; kalau berulang, beri tahu admin sekolah.',
  },
  unavailable: {
    title: 'Server sedang sibuk',
    body: 'Server sekolah belum bisa menjawab. Tunggu sebentar, lalu coba lagi.',
  },
}
