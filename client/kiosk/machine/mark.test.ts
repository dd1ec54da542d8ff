import { expect, it } from 'vitest'
import { wordsOf } from '../announce.ts'
import { en } from '../texts-en.ts'
import { id } from '../texts-id.ts'
import { markOnline } from './mark.ts'
import type { KioskServer } from './server.ts'

const sealed = { ticket: 't', capture: 'c' }
const absensi = { name: 'Ani', kelas: 'X-1', grade: 'verified', late_minutes: 0, time: '2026-11-02T07:15:00+07:00' }
/** What the door makes of the server's answer about Ani. */
const told = (result: 'recorded' | 'already', status: string) =>
  markOnline(
    { scan: async () => ({ result, left: false, absensi: { ...absensi, status } }) } as unknown as KioskServer,
    sealed,
    null,
  )

it('sends whom a person marked otherwise than present to a teacher, and says of the others what is recorded', async () => {
  expect(await told('recorded', 'hadir')).toMatchObject({ kind: 'recorded', time: '07:15' })
  expect(await told('already', 'terlambat')).toMatchObject({ kind: 'already', status: 'terlambat' })
  const absent = await told('already', 'alfa')
  expect(absent).toEqual({ kind: 'absent', name: 'Ani', kelas: 'X-1', status: 'alfa' })
  if (typeof absent === 'string') throw new Error(absent)
  expect([id, en].map((texts) => wordsOf(absent, texts).title)).toEqual(['Tercatat alfa', 'Recorded as absent'])
})
