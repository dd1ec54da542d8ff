import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPhone } from './harness/open-phone.ts'
import { enrol, signIn } from './harness/person.ts'
import { type SchoolDay, type Student, startSchoolDay } from './harness/school-day.ts'
import type { StandIn } from './puppet/puppet-camera.ts'

let day: SchoolDay
let student: Student

beforeAll(async () => {
  day = await startSchoolDay()
  student = await day.addStudent({ nim: 'A-3', name: 'Ayu Lestari' })
})
afterAll(() => day?.end())

describe('a camera that gives no picture has a screen of its own', () => {
  const troubles: readonly (readonly [code: string, standIn: StandIn])[] = [
    ['denied', { trouble: 'NotAllowedError' }],
    ['none', { trouble: 'NotFoundError' }],
    ['busy', { trouble: 'NotReadableError' }],
    ['lost', { puppet: 'a', manner: 'ignores', lostAfter: 4000 }],
  ]
  it.each(troubles)('%s', async (code, standIn) => {
    const phone = await student.take(standIn)
    expect(await enrol(phone.page)).toEqual({ kind: 'failure', code })
    // What to do next is a button that leads on.
    await phone.page.getByTestId('retry').waitFor()
    await phone.close()
  })

  it('insecure: an address without TLS', async () => {
    // By another name than localhost the very same server is an insecure address.
    const { port } = new URL(day.server.origin)
    const phone = await openPhone({ puppet: 'a' }, { flags: ['--host-resolver-rules=MAP absensi.test 127.0.0.1'] })
    await signIn(phone.page, `http://absensi.test:${port}`, student)
    expect(await enrol(phone.page)).toEqual({ kind: 'failure', code: 'insecure' })
    await phone.close()
  })
})
