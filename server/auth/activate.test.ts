import { afterEach, beforeEach, expect, it } from 'vitest'
import { Refusal, refuse } from '../http/problem.ts'
import { openTestServer, PASSWORD, type TestServer } from '../test/test-server.ts'
import { createActivate } from './activate.ts'
import { createChangePassword } from './change-password.ts'
import { createPasswords, type Passwords } from './password.ts'

let server: TestServer

beforeEach(async () => {
  server = await openTestServer()
})

afterEach(() => server.close())

const caller = { address: '192.0.2.1', userAgent: undefined }
const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => 'ok',
    (error: unknown) => (error instanceof Refusal ? error.code : 'thrown'),
  )

/** Password hashing that has no room for the first `busy` calls. */
function crowded(busy: number): Passwords {
  const passwords = createPasswords(4)
  let left = busy
  const room = () => {
    left -= 1
    if (left >= 0) refuse('slow_down', { retryAfter: 5 })
  }
  return {
    hash: async (password) => {
      room()
      return passwords.hash(password)
    },
    matches: async (password, hash) => {
      room()
      return passwords.matches(password, hash)
    },
  }
}

it('a code is not used up by a server that had no room for it', async () => {
  const { nim, code } = await server.addUser()
  const activate = createActivate(server.deps, crowded(12))
  const request = { nim, code, password: PASSWORD }
  for (let i = 0; i < 12; i += 1) expect(await codeOf(activate(request, caller))).toBe('slow_down')
  expect(await codeOf(activate(request, caller))).toBe('ok')
})

it('a change of password is not counted when the server had no room for it', async () => {
  const { user } = await server.signedIn()
  const found = { ...user, kelas: null, isActive: true, hasFace: false, epoch: 1, passwordTemporary: false }
  const change = createChangePassword(server.deps, crowded(12))
  const who = { ...found, accommodation: { poses: 'guided', slow: false } } as const
  const request = { current_password: PASSWORD, new_password: 'kelapa-tua-8' }
  for (let i = 0; i < 12; i += 1) expect(await codeOf(change(who, request))).toBe('slow_down')
  expect(await codeOf(change(who, request))).toBe('ok')
})
