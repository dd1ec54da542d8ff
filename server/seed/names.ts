import type { Dice } from './random.ts'

/** Common given and family names of Indonesia, mixed as a city's school mixes them. */
const GIRLS = list(`Siti Dewi Putri Ayu Nur Rina Fitri Lestari Indah Aisyah Nadia Citra Anisa Dinda Bunga Kartika Intan
  Maya Ratna Sri Yuni Wulan Melati Salsabila Nabila Zahra Aulia Rahma Khairunnisa Ni_Made Ni_Luh Maria Theresia Debora
  Grace Ester Ruth Agnes Clara Natalia Tiara Anggun Cahya Larasati Rara Sekar Kinanti Niken Retno Endah Rukmini Hana`)
const BOYS =
  list(`Ahmad Muhammad Budi Agus Andi Rizki Fajar Dimas Bayu Eko Dwi Tri Adi Arif Hendra Irfan Joko Yusuf Ilham
  Farhan Rafi Raka Galih Wahyu Bagas Reza Aditya Hafiz Zaki I_Gede I_Made I_Wayan Yohanes Stefanus Petrus Markus Daniel
  Samuel Yonathan Gilang Pandu Surya Satria Panji Rangga Teguh Taufik Umar Ridwan Naufal Alif Kevin`)
const MIDDLE =
  list(`Nur Putra Putri Dwi Tri Adi Rahma Cahya Kusuma Permata Indra Maulana Rizky Aulia Dewi Ayu Eka Bagus Nur'aini
  Fitriani Ramadhan Khoirul Abdul Ratu Bintang Mutiara Hidayah`)
const FAMILY =
  list(`Saputra Wijaya Santoso Hidayat Pratama Nugroho Setiawan Kurniawan Wibowo Siregar Nasution Lubis Harahap
  Simanjuntak Sitompul Ginting Tarigan Sembiring Situmorang Hutapea Rahman Hakim Fauzi Maulida Handayani Susanti
  Rahayu Utami Anggraini Puspitasari Maharani Kusumawati Wulandari Hartono Gunawan Halim Tanuwijaya Salim Lumbantobing
  Tampubolon Mandagi Rumengan Latuconsina Pattimura Matulessy Daeng Tenri Sudarsana Wiguna Yasa Aryani Firmansyah
  Syahputra Ardiansyah Purnomo Suryadi Prasetyo Widodo Sulistyo Mahendra Alamsyah Zulkarnain Basri Tanjung Koto`)
const BEFORE = ['Drs. ', 'Dra. ', 'H. ', 'Hj. ', ''] as const
const AFTER = [', S.Pd.', ', M.Pd.', ', S.Si.', ', S.Pd., Gr.', ''] as const

function list(text: string): readonly [string, ...string[]] {
  const [first = '', ...rest] = text.split(/\s+/).map((name) => name.replace('_', ' '))
  return [first, ...rest]
}

/** A full name of one to three parts, as they are: some people have one name only. */
export function makeName(dice: Dice): string {
  const given = dice.pick(dice.chance(0.5) ? GIRLS : BOYS)
  if (dice.chance(0.02)) return given
  const middle = dice.chance(0.55) ? ` ${dice.pick(MIDDLE)}` : ''
  return `${given}${middle} ${dice.pick(FAMILY)}`
}

/** A teacher's name, with what a teacher is called: it may hold commas. */
export function makeGuruName(dice: Dice): string {
  return `${dice.pick(BEFORE)}${makeName(dice)}${dice.pick(AFTER)}`
}
