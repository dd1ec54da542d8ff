import { bilingual, many } from '../../language.ts'

/** Somebody's phones, and the computers staff sit at: list, revoking, and the queue of those that wait. */
export const deviceTexts = bilingual(
  {
    title: { student: 'Ponsel', staff: 'Ponsel dan komputer' },
    none: { student: 'Belum ada ponsel terdaftar', staff: 'Belum ada perangkat terdaftar' },
    device: 'Perangkat',
    state: 'Status',
    since: 'Terdaftar',
    act: 'Tindakan',
    status: { active: 'Aktif', pending: 'Menunggu', revoked: 'Dicabut' },
    others: (n: number) => `Pernah terdaftar pada ${n} akun lain`,
    revoke: 'Cabut',
    revokeAsk: (label: string) => `Cabut ${label}?`,
    revokeBody: (name: string) =>
      `Kuncinya tidak diterima lagi. Perangkat ${name} berikutnya, juga yang ini kalau dipakai lagi, menunggu persetujuan di Permintaan, Ponsel; sampai disetujui, absen dari sana diperiksa dulu. Kalau ponselnya hilang, ${name} perlu juga kata sandi baru: itu mengeluarkan akunnya di sana.`,
    revoked: (label: string) => `${label} dicabut.`,
    approving:
      'Satu siswa, satu ponsel: menyetujui yang baru mencabut ponselnya yang sebelumnya. Pastikan dulu dengan siswanya.',
    refuseSure: (name: string) => ({
      title: `Tolak ponsel ${name}?`,
      body: 'Kunci ponsel ini tidak diterima lagi, juga tidak nanti. Kalau dipakai absen lagi, ponsel itu meminta lagi dengan kunci baru. Ponsel yang sudah aktif tetap aktif.',
    }),
  },
  {
    title: { student: 'Phones', staff: 'Phones and computers' },
    none: { student: 'No phone registered yet', staff: 'No device registered yet' },
    device: 'Device',
    state: 'State',
    since: 'Registered',
    act: 'Action',
    status: { active: 'Active', pending: 'Waiting', revoked: 'Revoked' },
    others: (n) => `Has been registered to ${many(n, 'other account')}`,
    revoke: 'Revoke',
    revokeAsk: (label) => `Revoke ${label}?`,
    revokeBody: (name) =>
      `Its key is not taken any more. The next device of ${name}, this one too when it is used again, waits for approval under Requests, Phones; until then check-ins from it are looked at first. If the phone is lost, ${name} needs a new password, too: that signs the account out there.`,
    revoked: (label) => `${label} was revoked.`,
    approving:
      'One student, one phone: approving the new one revokes the phone before it. Make sure with the student first.',
    refuseSure: (name) => ({
      title: `Refuse the phone of ${name}?`,
      body: 'This phone’s key is not taken any more, nor later. When it is used to check in again, it asks again with a new key. A phone that is active stays so.',
    }),
  },
)
