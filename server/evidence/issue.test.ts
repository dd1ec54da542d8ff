import { expect, it } from 'vitest'
import { openTestServer } from '../test/test-server.ts'
import { drawTicket, makeStudent } from '../test/test-student.ts'

it('gives a ticket whole seconds though the clock goes on while it is made', async () => {
  const server = await openTestServer()
  const ani = await makeStudent(server)
  let now = server.clock.now
  Object.defineProperty(server.clock, 'now', { get: () => now++ })
  expect((await drawTicket(server, ani, 'enrol')).expires_in % 60).toBe(0)
  await server.close()
})
