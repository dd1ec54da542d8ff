import { join } from 'node:path'
import type { StandIn } from '../puppet/puppet-camera.ts'
import { type BuiltServer, type NewStudent, startBuiltServer } from './built-server.ts'
import { makeFolder } from './folder.ts'
import { openPhone, type Phone } from './open-phone.ts'
import { activate, returnHome } from './person.ts'

/** A student with her phone: the profile stays, whoever holds it before the camera. */
export interface Student {
  readonly nim: string
  readonly password: string
  /** Where the phone's browser keeps its traffic, when it was asked to. */
  readonly profile: string
  /** Opens her phone at home, signed in, with somebody or something before the camera. Close it before the next. */
  take(standIn: StandIn, flags?: readonly string[]): Promise<Phone>
}

/** A fresh server and the students a test needs. */
export interface SchoolDay {
  readonly server: BuiltServer
  addStudent(student: NewStudent): Promise<Student>
  end(): Promise<void>
}

/** Starts a server; phones that were left open are closed at its end. */
export async function startSchoolDay(): Promise<SchoolDay> {
  const [server, folder] = [await startBuiltServer(), await makeFolder('school-day-')]
  const phones = new Set<Phone>()
  const open = async (standIn: StandIn, profile: string, flags: readonly string[]): Promise<Phone> => {
    const phone = await openPhone(standIn, { profile, flags })
    const kept: Phone = {
      ...phone,
      async close() {
        phones.delete(kept)
        await phone.close()
      },
    }
    phones.add(kept)
    return kept
  }
  return {
    server,
    async addStudent(student) {
      const password = `Kata-sandi-${student.nim}`
      const code = await server.addStudent(student)
      const profile = join(folder.path, student.nim)
      let activated = false
      return {
        nim: student.nim,
        password,
        profile,
        async take(standIn, flags = []) {
          const phone = await open(standIn, profile, flags)
          if (activated) await returnHome(phone.page, server.origin, { nim: student.nim, password })
          else await activate(phone.page, server.origin, { nim: student.nim, code, password })
          activated = true
          return phone
        },
      }
    },
    async end() {
      for (const phone of [...phones]) await phone.close()
      await server.stop()
      await folder.remove()
    },
  }
}
