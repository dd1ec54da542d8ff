import { afterAll, beforeAll, expect } from 'vitest'
import type { StandIn } from '../puppet/puppet-camera.ts'
import { checkIn, enrol, type Outcome } from './person.ts'
import { type SchoolDay, type Student, startSchoolDay } from './school-day.ts'
import { type Verdict, watchVerdicts } from './verdicts.ts'

/**
 * A student who enrolled her own face, for the tests of a file. @returns a check-in on her own phone and account with
 * somebody or something else before the camera
 */
export function useHerPhone(): (standIn: StandIn) => Promise<{ outcome: Outcome; verdict: Verdict | null }> {
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
  return async (standIn) => {
    const phone = await student.take(standIn)
    const verdicts = watchVerdicts(phone.page)
    const outcome = await checkIn(phone.page)
    const verdict = await verdicts.last()
    await phone.close()
    return { outcome, verdict }
  }
}
