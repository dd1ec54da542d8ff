import { bilingual } from '../../language.ts'

const range = (min: string, max: string) => `Isi bilangan bulat dari ${min} sampai ${max}.`

/** Each setting: its name, what it does in plain words, and what its choices are called. */
export const fieldTexts = bilingual(
  {
    label: {
      school_name: 'Nama sekolah',
      registration: 'Pendaftaran akun sendiri',
      marking_days: 'Guru boleh menandai mundur (hari)',
      notify_parents: 'Kabari orang tua kalau siswa alfa',
      daily_report: 'Kirim laporan harian kepada admin',
      challenges: 'Gerakan yang boleh diminta',
      kiosk_lease_days: 'Kios boleh bekerja tanpa jaringan (hari)',
      guardian_consent: 'Wali harus ikut menyetujui penggunaan wajah',
      public_privacy: 'Yang boleh dilihat orang lain dengan NIM',
      school_networks: 'Jaringan sekolah',
      'retention.absensi': 'Catatan kehadiran (hari)',
      'retention.audit_details': 'Rincian log audit (hari)',
      'retention.tickets': 'Tiket absen yang sudah dipakai (hari)',
      'retention.traces': 'Rekaman gerakan wajah (hari)',
      'retention.left_faces': 'Wajah orang yang sudah keluar (hari)',
      'retention.backups': 'Cadangan (hari)',
    },
    hint: {
      school_name: 'Tampil di kios, laporan, dan email.',
      registration: 'Apakah orang boleh membuat akun sendiri. Akun seperti itu selalu menunggu persetujuan admin.',
      marking_days: 'Sejauh ini guru boleh menandai dan mengoreksi hari yang lewat. Admin boleh kapan saja.',
      notify_parents:
        'Satu email ke alamat orang tua untuk setiap sesi yang tercatat alfa, pada hari itu, kalau alamatnya ada.',
      daily_report: 'Angka hari itu, dan tanda akhir log audit, kepada setiap admin yang punya alamat email.',
      challenges: 'Server mengacak dari daftar ini. Harus ada sedikitnya satu tolehan dan satu gerakan lain.',
      kiosk_lease_days: 'Selama ini kios memakai tiket absen yang disimpannya ketika jaringan putus.',
      guardian_consent: 'Semua orang dianggap di bawah umur: wajah tidak dipakai sebelum wali juga setuju.',
      public_privacy:
        'Untuk papan atau situs sekolah sendiri yang membaca API (/api/v1/docs); tidak ada halamannya di sini. NIM mudah ditebak, dan siswa sering masih di bawah umur. Paling aman: tidak ada.',
      school_networks:
        'Satu alamat atau rentang per baris, misalnya 10.1.0.0/16. Dari sini data samar boleh dilihat, dan banyak ponsel di balik satu alamat boleh memanggil server.',
      'retention.absensi': 'Sesudah itu catatan kehadiran dihapus untuk selamanya.',
      'retention.audit_details': 'Sesudah itu rincian dan alamat dihapus; barisnya tetap dan rantainya tetap utuh.',
      'retention.tickets': 'Dipakai untuk menjawab kiriman ulang dengan bukti yang sama.',
      'retention.traces':
        'Titik-titik wajah saat pemeriksaan, bukan gambar. Dipakai untuk meninjau kasus yang meragukan.',
      'retention.left_faces':
        'Dihitung sejak akunnya ditangguhkan. Sesudah itu wajah dan kuncinya dihapus untuk selamanya.',
      'retention.backups': 'Cadangan yang lebih tua dihapus; yang terbaru selalu disimpan.',
    },
    option: {
      closed: 'Ditutup: hanya tata usaha yang membuat akun',
      pending: 'Dibuka: akun menunggu persetujuan',
      off: 'Tidak ada',
      masked: 'Nama disamarkan, hanya dari jaringan sekolah',
      open: 'Semuanya, oleh siapa saja',
    },
    challenge: {
      blink: 'Kedip dua kali',
      'turn-left': 'Toleh kiri',
      'turn-right': 'Toleh kanan',
      smile: 'Senyum',
      nod: 'Angguk',
    },
    wrong: {
      school_name: 'Isi nama, paling panjang 120 huruf.',
      challenges: 'Pilih sedikitnya satu tolehan dan satu gerakan lain.',
      school_networks: 'bukan alamat atau rentang jaringan. Contoh: 10.1.0.0/16 atau 2001:db8::/32.',
      networksMany: 'Paling banyak 50 baris.',
      choice: 'Pilih salah satu.',
      range,
    },
  },
  {
    label: {
      school_name: 'Name of the school',
      registration: 'People making their own accounts',
      marking_days: 'Teachers may mark days back (days)',
      notify_parents: 'Tell parents when a student is absent',
      daily_report: 'Send the daily report to admins',
      challenges: 'Movements that may be asked for',
      kiosk_lease_days: 'A kiosk may work without network (days)',
      guardian_consent: 'A guardian has to consent to the use of the face too',
      public_privacy: 'What others may see with a NIM',
      school_networks: 'Networks of the school',
      'retention.absensi': 'Attendance records (days)',
      'retention.audit_details': 'Details of the audit log (days)',
      'retention.tickets': 'Used capture tickets (days)',
      'retention.traces': 'Traces of face movements (days)',
      'retention.left_faces': 'Faces of people who left (days)',
      'retention.backups': 'Backups (days)',
    },
    hint: {
      school_name: 'Shown at kiosks, in reports and in mail.',
      registration: 'Whether people may make accounts themselves. Such an account always waits for an admin.',
      marking_days: 'How far back teachers may mark and correct. An admin may at any time.',
      notify_parents:
        'One mail to the parent’s address for each session a student was absent from, on that day, where there is an address.',
      daily_report: 'The day’s numbers, and the signed end of the audit log, to every admin with an address.',
      challenges: 'The server draws from this list. At least one turn and one other movement must be among them.',
      kiosk_lease_days: 'For so long a kiosk uses the tickets it holds when the network is gone.',
      guardian_consent: 'Everybody is taken for a minor: no face is used before a guardian has agreed too.',
      public_privacy:
        'For a board or site of the school’s own that reads the API (/api/v1/docs); there is no page for it here. A NIM is easy to guess, and students are often minors. Safest: nothing.',
      school_networks:
        'One address or range a line, such as 10.1.0.0/16. From here masked data may be seen, and many phones behind one address may call the server.',
      'retention.absensi': 'After that attendance records are deleted for good.',
      'retention.audit_details':
        'After that details and addresses are erased; the lines stay and the chain stays whole.',
      'retention.tickets': 'Used to answer a repeated sending with the same receipt.',
      'retention.traces': 'Points of the face during the check, no picture. Used to look into doubtful cases.',
      'retention.left_faces':
        'Counted from the day the account was suspended. After that the face and its key are erased for good.',
      'retention.backups': 'Older backups are removed; the newest is always kept.',
    },
    option: {
      closed: 'Closed: the school office makes accounts',
      pending: 'Open: accounts wait for approval',
      off: 'Nothing',
      masked: 'Masked names, only from the school’s networks',
      open: 'Everything, by anybody',
    },
    challenge: {
      blink: 'Blink twice',
      'turn-left': 'Turn left',
      'turn-right': 'Turn right',
      smile: 'Smile',
      nod: 'Nod',
    },
    wrong: {
      school_name: 'Enter a name, 120 letters at most.',
      challenges: 'Choose at least one turn and one other movement.',
      school_networks: 'no address or range of a network. For example 10.1.0.0/16 or 2001:db8::/32.',
      networksMany: '50 lines at most.',
      choice: 'Choose one.',
      range: (min, max) => `Enter a whole number from ${min} to ${max}.`,
    },
  },
)
