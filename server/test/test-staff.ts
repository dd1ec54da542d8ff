import { confirmReply } from '../../shared/contract/auth.ts'
import { schoolSettingsSchema } from '../../shared/contract/settings.ts'
import { putSchoolSettings } from '../settings/store.ts'
import { putGuruKelas } from '../users/changes/store.ts'
import { PASSWORD, type TestServer } from './test-server.ts'

/** Somebody signed in: her id and access token. */
export interface Staff {
  readonly id: string
  readonly token: string
}

/** A signed-in admin. */
export async function makeAdmin(server: TestServer): Promise<Staff> {
  const { user, access_token } = await server.signedIn({ role: 'admin', kelas: null, name: 'Tata Usaha' })
  return { id: user.id, token: access_token }
}

/** A signed-in guru of some classes, or of none. */
export async function makeGuru(server: TestServer, ...kelas: string[]): Promise<Staff> {
  const { user, access_token } = await server.signedIn({ role: 'guru', kelas: null, name: 'Bu Guru' })
  await server.deps.db.write(putGuruKelas(user.id, kelas))
  return { id: user.id, token: access_token }
}

/** The header of a fresh confirmation by the holder of the token, whose password is PASSWORD. */
export async function confirmed(server: TestServer, token: string): Promise<Record<string, string>> {
  const body = { password: PASSWORD }
  const { confirmation } = await server.ask(confirmReply, '/api/v1/auth/confirm', { body, token })
  return { 'x-confirmation': confirmation }
}

/** Opens or closes registration, everything else by default. */
export async function setRegistration(server: TestServer, registration: 'closed' | 'pending'): Promise<void> {
  await server.deps.db.write([putSchoolSettings(schoolSettingsSchema.parse({ registration }), server.clock.now)])
}
