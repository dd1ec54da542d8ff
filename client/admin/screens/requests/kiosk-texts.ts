import { bilingual } from '../../language.ts'

/** What a kiosk tells of itself, and how it is paired. */
export const kioskTexts = bilingual(
  {
    hasCome: 'Kios sudah terhubung. Bandingkan sidik kuncinya.',
    title: 'Kabar dari kios',
    nothingYet: 'Belum ada kabar',
    allKelas: 'semua kelas',
    queueEmpty: 'Semua sudah terkirim',
    queue: (n: string) => `${n} belum terkirim`,
    oldest: (when: string) => `terlama ${when}`,
    noStock: 'Belum dapat mencatat tanpa jaringan',
    stock: (n: string) => `Cukup untuk ${n} absen tanpa jaringan`,
    version: (name: string) => `versi ${name}`,
    silent: 'Diam',
    silentHint: 'Tidak ada kabar lebih dari seperempat jam: periksa listrik dan jaringannya.',
    qr: 'Kode QR ke halaman kios dengan kode ini',
    qrBody: 'Atau pindai QR ini dengan kamera tablet: halaman kios terbuka dan kodenya sudah terisi.',
    until: (when: string) => `Berlaku sampai ${when}.`,
  },
  {
    hasCome: 'The kiosk has come. Compare its fingerprint.',
    title: 'What it told',
    nothingYet: 'Nothing yet',
    allKelas: 'all classes',
    queueEmpty: 'Everything has been sent',
    queue: (n) => `${n} not sent yet`,
    oldest: (when) => `oldest ${when}`,
    noStock: 'Cannot record without network yet',
    stock: (n) => `Enough for ${n} check-ins without network`,
    version: (name) => `version ${name}`,
    silent: 'Silent',
    silentHint: 'Nothing heard for more than a quarter of an hour: look at its power and network.',
    qr: 'QR code to the kiosk page with this code',
    qrBody: 'Or scan this QR with the tablet’s camera: the kiosk page opens with the code filled in.',
    until: (when) => `Good until ${when}.`,
  },
)
