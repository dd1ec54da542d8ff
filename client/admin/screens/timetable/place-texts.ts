import { bilingual } from '../../language.ts'

/** Where a session may be taken. */
export const placeTexts = bilingual(
  {
    place: 'Tempat absen lewat ponsel',
    placeHint: 'Lokasi peramban bisa dipalsukan; jaringan sekolah lebih sulit.',
    modes: {
      off: 'Di mana saja',
      flag: 'Di tempat lain tetap tercatat, tetapi ditandai untuk dilihat',
      refuse: 'Di tempat lain ditolak',
    },
    by: 'Tempat dikenali dari',
    byCircle: 'Titik dan jarak',
    byNetworks: 'Jaringan sekolah',
    byHint: {
      circle: 'Siswa diminta mengizinkan lokasi. Letaknya tidak disimpan, hanya jaraknya.',
      networks: 'Siswa harus tersambung ke Wi-Fi sekolah.',
    },
    latitude: 'Lintang',
    latitudeHint: 'Dalam derajat, misalnya -6,2088. Di peta: tekan lama pada gedung sekolah.',
    longitude: 'Bujur',
    radius: 'Jarak (meter)',
    networks: 'Alamat atau rentang jaringan',
    networksHint: 'Satu per baris, misalnya 10.1.0.0/16.',
    wrong: {
      latitude: 'Isi angka dari -90 sampai 90.',
      longitude: 'Isi angka dari -180 sampai 180.',
      radius: 'Isi angka dari 10 sampai 50.000.',
      networks: 'Isi sedikitnya satu alamat atau rentang, satu per baris, misalnya 10.1.0.0/16.',
    },
  },
  {
    place: 'Where phones may check in',
    placeHint: 'A browser’s location can be forged; the school’s network is harder.',
    modes: {
      off: 'Anywhere',
      flag: 'Elsewhere is recorded, and marked to be looked at',
      refuse: 'Elsewhere is refused',
    },
    by: 'The place is known by',
    byCircle: 'A point and a distance',
    byNetworks: 'The school’s networks',
    byHint: {
      circle: 'Students are asked to allow their location. Where they are is not kept, only how far away.',
      networks: 'Students have to be on the school’s Wi-Fi.',
    },
    latitude: 'Latitude',
    latitudeHint: 'In degrees, such as -6.2088. On a map: press and hold the school’s building.',
    longitude: 'Longitude',
    radius: 'Distance (metres)',
    networks: 'Addresses or ranges of networks',
    networksHint: 'One a line, such as 10.1.0.0/16.',
    wrong: {
      latitude: 'Enter a number from -90 to 90.',
      longitude: 'Enter a number from -180 to 180.',
      radius: 'Enter a number from 10 to 50,000.',
      networks: 'Enter at least one address or range, one a line, such as 10.1.0.0/16.',
    },
  },
)
