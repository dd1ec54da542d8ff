import { makePerson, type Person } from '../../server/test/test-capture.ts'
import { makeKiosk } from '../../server/test/test-kiosk.ts'
import type { TestDevice, TestServer } from '../../server/test/test-server.ts'
import { enrol, makeStudent } from '../../server/test/test-student.ts'
import { ADMIN, classOf } from './office.ts'
import type { Chance } from './random.ts'

/** A student with a face the server knows. */
export interface Pupil {
  readonly id: string
  readonly nim: string
  /** Index of the class's kiosk. */
  readonly kiosk: number
  readonly person: Person
}

export interface School {
  readonly kiosks: readonly TestDevice[]
  readonly pupils: readonly Pupil[]
  /** NIMs without an enrolled face, by kiosk. */
  readonly unenrolled: readonly (readonly string[])[]
}

/** Students with a face and without, in each class: tickets are leased for three times as many. */
const ENROLLED = 10
const UNENROLLED = 38

/** One class and one paired kiosk each, all by the front door. Leases live for a number of days by chance. */
export async function foundSchool(server: TestServer, kiosks: number, chance: Chance): Promise<School> {
  const { access_token: token } = await server.signedIn({ nim: ADMIN, role: 'admin', kelas: null })
  const settings = { kiosk_lease_days: 3 + chance.below(5) }
  const body = { settings, updated_at: null }
  const saved = await server.call('/api/v1/admin/settings', { method: 'PUT', body, token })
  if (!saved.ok) throw new Error(await saved.text())
  const pupils: Pupil[] = []
  const unenrolled: string[][] = []
  const devices: TestDevice[] = []
  for (let kiosk = 0; kiosk < kiosks; kiosk++) {
    const kelas = classOf(kiosk)
    for (let n = 0; n < ENROLLED; n++) {
      const person = makePerson()
      const student = await makeStudent(server, { kelas, nim: `S${kiosk}-${n}` }, { person })
      await enrol(server, student)
      pupils.push({ id: student.id, nim: student.nim, kiosk, person })
    }
    const nims = Array.from({ length: UNENROLLED }, (_, n) => `U${kiosk}-${n}`)
    for (const nim of nims) await server.addUser({ kelas, nim })
    unenrolled.push(nims)
    devices.push(await makeKiosk(server, token, [kelas]))
  }
  return { kiosks: devices, pupils, unenrolled }
}
