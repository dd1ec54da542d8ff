import type { Problem } from '../../../shared/contract/problem.ts'
import type { Language } from '../../core/language.ts'
import { bilingual } from '../language.ts'

const fieldTexts = bilingual(
  {
    name: 'Nama',
    nim: 'NIM',
    kelas: 'Kelas',
    guru_kelas: 'Kelas yang diajar',
    email: 'Email',
    parent_email: 'Email orang tua',
    password: 'Kata sandi',
    code: 'Kode',
    reason: 'Alasan',
    note: 'Catatan',
    label: 'Nama',
    room: 'Ruang',
    date: 'Tanggal',
    from: 'Dari',
    until: 'Sampai',
    from_date: 'Dari',
    until_date: 'Sampai',
    given_on: 'Hari persetujuan',
    days: 'Hari',
    opens: 'Buka',
    late_after: 'Terlambat setelah',
    closes: 'Tutup',
    grace_minutes: 'Toleransi',
    leaving_opens: 'Pulang dari',
    leaving_closes: 'Pulang sampai',
    valid_from: 'Berlaku dari',
    valid_until: 'Berlaku sampai',
  },
  {
    name: 'Name',
    nim: 'NIM',
    kelas: 'Class',
    guru_kelas: 'Classes taught',
    email: 'Email',
    parent_email: 'Parent’s email',
    password: 'Password',
    code: 'Code',
    reason: 'Reason',
    note: 'Note',
    label: 'Name',
    room: 'Room',
    date: 'Day',
    from: 'From',
    until: 'Until',
    from_date: 'From',
    until_date: 'Until',
    given_on: 'Day of the consent',
    days: 'Days',
    opens: 'Opens',
    late_after: 'Late after',
    closes: 'Closes',
    grace_minutes: 'Grace',
    leaving_opens: 'Leaving from',
    leaving_closes: 'Leaving until',
    valid_from: 'Valid from',
    valid_until: 'Valid until',
  },
)

/** By the rule a field broke, as the server names it. */
const ruleTexts = bilingual(
  {
    invalid_type: 'belum diisi dengan benar',
    invalid_format: 'tidak ditulis dengan benar',
    invalid_value: 'bukan salah satu pilihan',
    too_small: 'terlalu pendek atau terlalu kecil',
    too_big: 'terlalu panjang atau terlalu besar',
    custom: 'tidak cocok dengan isian lain',
    taken: 'sudah dipakai',
    future: 'belum tiba',
    'out of range': 'terlalu jauh',
    'after until': 'sesudah hari terakhir',
  },
  {
    invalid_type: 'not filled in properly',
    invalid_format: 'not written properly',
    invalid_value: 'none of the choices',
    too_small: 'too short or too small',
    too_big: 'too long or too large',
    custom: 'does not fit the other fields',
    taken: 'taken already',
    future: 'has not come yet',
    'out of range': 'too far away',
    'after until': 'after the last day',
  },
)

/** Where a rule broken by a field has plainer words. */
const plainTexts = bilingual(
  {
    'name too_small': 'belum diisi',
    'nim too_small': 'belum diisi',
    'nim invalid_format': 'hanya huruf tanpa aksen, angka, titik, garis miring dan tanda hubung, tanpa spasi',
    'label too_small': 'belum diisi',
    'room too_small': 'belum diisi',
    'days too_small': 'pilih sedikitnya satu hari',
    'reason too_small': 'sedikitnya tiga huruf',
  },
  {
    'name too_small': 'not filled in',
    'nim too_small': 'not filled in',
    'nim invalid_format': 'plain letters, digits, dots, slashes and hyphens only, without spaces',
    'label too_small': 'not filled in',
    'room too_small': 'not filled in',
    'days too_small': 'choose one day at least',
    'reason too_small': 'three letters at least',
  },
)

/** What is wrong with which field, three at most, in people's words: "Email: tidak ditulis dengan benar". What has none is left out. */
export function tellFields(fields: Problem['fields'], language: Language): readonly string[] {
  const names: Readonly<Record<string, string>> = fieldTexts[language]
  const rules: Readonly<Record<string, string>> = ruleTexts[language]
  const plain: Readonly<Record<string, string>> = plainTexts[language]
  const lines = (fields ?? []).flatMap(({ path, message }) => {
    const last = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? ''
    const [name, rule] = [names[last], rules[message]]
    const own = Object.hasOwn(plain, `${last} ${message}`) ? plain[`${last} ${message}`] : undefined
    return name === undefined || (own ?? rule) === undefined ? [] : [`${name}: ${own ?? rule}`]
  })
  return [...new Set(lines)].slice(0, 3)
}
