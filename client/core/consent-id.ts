/** The consent in plain words. Its meaning is versioned by CONSENT_VERSION: change both together. */
export interface ConsentText {
  readonly title: string
  readonly lead: string
  readonly sections: readonly { readonly title: string; readonly points: readonly string[] }[]
  readonly otherwise: string
  readonly minors: string
  readonly agree: string
  readonly button: string
  readonly decline: string
  readonly read: string
  readonly version: (version: string) => string
  readonly given: (day: string, version: string) => string
}

/** A version that is not broken over two lines at its hyphens. */
export const whole = (version: string): string => version.replaceAll('-', '‑')

/** Indonesian. */
export const consentId: ConsentText = {
  title: 'Sebelum kamera menyala',
  lead: 'Absen wajah memakai data tentang wajahmu. Baca dulu apa artinya; kamu yang menentukan.',
  sections: [
    {
      title: 'Yang diambil',
      points: [
        'Deretan angka ciri wajah, dihitung di perangkat ini.',
        'Jejak gerak titik-titik wajah, cahaya, dan warna kulit selama beberapa detik, sebagai bukti ada orang di depan kamera.',
        'Waktu absen, jenis perangkat, nama kamera, dan alamat jaringan.',
        'Kalau sesi menanyakan lokasi dan kamu mengirimnya: jarakmu dari tempat sesi dan ketelitiannya.',
      ],
    },
    {
      title: 'Yang tidak diambil',
      points: [
        'Foto dan video tidak pernah keluar dari perangkat ini. Suara tidak direkam.',
        'Letakmu tidak disimpan: dari lokasi yang kamu kirim hanya jaraknya yang disimpan.',
      ],
    },
    {
      title: 'Di mana disimpan',
      points: [
        'Di server sekolah, terenkripsi dengan kunci milikmu sendiri. Tidak dikirim ke pihak lain dan hanya dipakai untuk absen.',
      ],
    },
    {
      title: 'Berapa lama',
      points: [
        'Jejak gerak: 14 hari. Angka ciri wajah: sampai kamu menghapusnya atau akunmu dihapus; kalau akunmu ditangguhkan, selama yang ditetapkan sekolah, paling lama 365 hari.',
        'Catatan kehadiran tetap ada menurut aturan sekolah.',
      ],
    },
    {
      title: 'Kalau berubah pikiran',
      points: [
        'Buka “Wajah saya”, lalu “Hapus wajah saya”. Kuncinya dimusnahkan, sehingga data wajahmu tidak dapat dibuka lagi, juga dari cadangan lama.',
      ],
    },
  ],
  otherwise: 'Tidak mau? Itu hakmu. Guru dapat mencatat kehadiranmu tanpa wajah.',
  minors: 'Di bawah 18 tahun: bicarakan dulu dengan orang tua atau wali.',
  agree: 'Saya sudah membaca dan setuju data wajah saya dipakai untuk absen.',
  button: 'Setuju dan lanjutkan',
  decline: 'Tidak sekarang',
  read: 'Baca penjelasan',
  version: (version) => `Versi ${whole(version)}`,
  given: (day, version) => `Disetujui ${day} · versi ${whole(version)}`,
}
