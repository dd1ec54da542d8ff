import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkIn, enrol, type Outcome } from './harness/person.ts'
import { type SchoolDay, type Student, startSchoolDay } from './harness/school-day.ts'
import { type Verdict, watchVerdicts } from './harness/verdicts.ts'
import type { StandIn } from './puppet/puppet-camera.ts'

let day: SchoolDay
let student: Student

beforeAll(async () => {
  day = await startSchoolDay()
  student = await day.addStudent({ nim: 'A-2', name: 'Ayu Lestari' })
  const phone = await student.take({ puppet: 'a' })
  expect(await enrol(phone.page)).toEqual({ kind: 'enrolled' })
  await phone.close()
})
afterAll(() => day?.end())

/** Her own phone, her own account, and somebody or something else before the camera. */
async function checkInWith(standIn: StandIn): Promise<{ outcome: Outcome; verdict: Verdict | null }> {
  const phone = await student.take(standIn)
  const verdicts = watchVerdicts(phone.page)
  const outcome = await checkIn(phone.page)
  const verdict = await verdicts.last()
  await phone.close()
  return { outcome, verdict }
}

it('refuses somebody else, though alive', async () => {
  const { outcome, verdict } = await checkInWith({ puppet: 'b' })
  expect(outcome).toEqual({ kind: 'failure', code: 'not_matched' })
  expect(verdict?.result).toBe('live')
})

it('refuses a photograph of her', async () => {
  const { outcome, verdict } = await checkInWith({ puppet: 'a', manner: 'photograph' })
  expect(outcome).toEqual({ kind: 'failure', code: 'not_live' })
  expect(verdict).toMatchObject({ result: 'not_live', reason: 'challenges' })
})

it('refuses her face moving, but not as asked', async () => {
  const { outcome, verdict } = await checkInWith({ puppet: 'a', manner: 'mistakes' })
  expect(outcome).toEqual({ kind: 'failure', code: 'not_live' })
  expect(verdict).toMatchObject({ result: 'not_live', reason: 'challenges' })
})

it('refuses her face that does nothing it is asked', async () => {
  const { outcome, verdict } = await checkInWith({ puppet: 'a', manner: 'ignores' })
  expect(outcome).toEqual({ kind: 'failure', code: 'not_live' })
  expect(verdict).toMatchObject({ result: 'not_live', reason: 'challenges' })
})

it('takes herself after all that', async () => {
  const { outcome } = await checkInWith({ puppet: 'a' })
  expect(outcome).toMatchObject({ kind: 'receipt', grade: 'verified', duplicate: false })
})
