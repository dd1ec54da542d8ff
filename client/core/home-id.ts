/** The first screen after signing in. */
export const homeId = {
  title: 'Beranda',
  greeting: (hour: number): string =>
    hour < 11 ? 'Selamat pagi' : hour < 15 ? 'Selamat siang' : hour < 18 ? 'Selamat sore' : 'Selamat malam',
  hello: 'Selamat datang',
  opensAt: (time: string) => `Dibuka pukul ${time}`,
  noSession: 'Tidak ada sesi hari ini',
  noSessionBody: 'Hari ini tidak ada yang perlu diabsen.',
  state: { before: 'Belum dibuka', open: 'Dibuka', late: 'Dibuka · terlambat', closed: 'Ditutup' },
  allDay: 'Sepanjang hari',
  hours: (from: string, to: string) => `${from} – ${to}`,
  opensIn: (clock: string) => `Dibuka dalam ${clock}`,
  lateIn: (clock: string) => `Tepat waktu, ${clock} lagi`,
  lateNow: (time: string) => `Lewat pukul ${time}: dicatat terlambat`,
  onTimeUntil: (time: string) => `Tepat waktu sampai pukul ${time}`,
  stillOnTime: 'Masih dihitung tepat waktu',
  closesIn: (clock: string) => `Ditutup dalam ${clock}`,
  closedAt: (time: string) => `Sesi ditutup pukul ${time}. Kalau kamu hadir, temui guru piket agar dicatat.`,
  checkIn: 'Absen sekarang',
  enrol: 'Daftarkan wajah',
  enrolFirst: 'Sekali saja, sekitar satu menit. Setelah itu kamu bisa absen.',
  record: 'Catatan terakhir',
  excused: 'Sudah dicatat oleh sekolah',
  absent: 'Tercatat tidak hadir',
  absentBody: 'Kalau kamu hadir, temui guru piket agar dicatat.',
  noRecord: 'Belum ada catatan',
  face: 'Wajah saya',
  faceOn: 'Terdaftar',
  faceOff: 'Belum terdaftar',
  leaveNow: 'Absen pulang',
  leaving: (from: string, to: string) => `Pulang ${from} – ${to}`,
  leavingOpen: (to: string) => `Absen pulang dibuka sampai pukul ${to}`,
  leftAt: (time: string) => `Pulang pukul ${time}`,
  others: 'Sesi hari ini',
  holiday: 'Libur',
  holidayBody: 'Hari ini libur, tidak ada yang perlu diabsen.',
  izin: { izin: 'Izinmu berlaku hari ini', sakit: 'Kamu tercatat sakit hari ini' },
  izinBody: {
    izin: 'Semoga lancar. Kalau ternyata hadir, kamu tetap bisa absen.',
    sakit: 'Semoga lekas sembuh. Kalau ternyata hadir, kamu tetap bisa absen.',
  },
  console: 'Buka konsol',
  consoleBody: 'Untuk guru dan tata usaha',
  code: 'Kode hadir',
  codeBody: 'Tunjukkan kode ke gurumu',
}

export const navId = {
  name: 'Menu utama',
  home: 'Beranda',
  attendance: 'Kehadiran',
  izin: 'Izin',
  account: 'Akun',
}

/** A session that wants to know where the phone is. */
export const placeId = {
  title: 'Sesi ini menanyakan lokasimu',
  body: 'Lokasimu hanya dipakai untuk menghitung jarak ke tempat sesi. Yang disimpan jaraknya saja, bukan di mana kamu berada.',
  without: 'Tanpa lokasi, absenmu diperiksa guru dulu; sesi yang hanya boleh di tempatnya akan menolaknya.',
  allow: 'Kirim lokasi saya',
  asking: 'Mencari lokasi…',
  got: 'Lokasi ikut dikirim saat absen ini',
  failed: 'Lokasi tidak didapat. Izinkan lokasi di pengaturan peramban, atau lanjut tanpa lokasi.',
  drop: 'Jangan kirim',
}

export const offlineId = {
  title: 'Tidak ada jaringan',
  known: (when: string) => `Ini yang terakhir diketahui, ${when}.`,
  noCheckIn: 'Absen dari ponsel perlu jaringan. Pakai kios di sekolah: kios tetap mencatat tanpa jaringan.',
}
