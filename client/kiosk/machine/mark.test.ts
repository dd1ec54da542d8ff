import { expect, it } from 'vitest'
import type { ProblemCode } from '../../../shared/contract/problem.ts'
import { ApiProblem } from '../../core/api-problem.ts'
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

it('asks whoever took longer than her ticket to try again, and blames no network that is there', async () => {
  const refused = (code: ProblemCode) =>
    markOnline(
      {
        scan: async () => {
          throw new ApiProblem(code, '', undefined, {
            type: 'about:blank',
            title: code,
            status: 400,
            detail: code,
            code,
          })
        },
      } as unknown as KioskServer,
      sealed,
      null,
    )
  expect(await refused('ticket_expired')).toEqual({ kind: 'not_live' })
  expect(await refused('internal')).toEqual({ kind: 'retry' })
  for (const texts of [id, en]) expect(texts.troubles.retry.body).not.toMatch(/sambungan|jaringan|connection|network/i)
})
