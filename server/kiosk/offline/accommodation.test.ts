import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Ticket } from '../../../shared/contract/capture.ts'
import { rosterReply } from '../../../shared/contract/kiosk-offline.ts'
import { actFor, drawSession } from '../../../shared/liveness/testing/drawn-face.ts'
import { findActs } from '../../../shared/liveness/testing/find-acts.ts'
import { type Act, makePerson } from '../../test/test-capture.ts'
import { askKiosk, beat, makeKiosk, openOutbox, sendEvents } from '../../test/test-kiosk.ts'
import { openTestServer, type TestDevice, type TestServer } from '../../test/test-server.ts'
import { enrol, makeStudent } from '../../test/test-student.ts'

let server: TestServer
let kiosk: TestDevice
beforeEach(async () => {
  server = await openTestServer()
  kiosk = await makeKiosk(server, (await server.signedIn({ role: 'admin', kelas: null })).access_token)
})
afterEach(() => server.close())

const roster = () => askKiosk(server, kiosk, rosterReply, '/api/v1/kiosk/roster?offset=0&limit=100')

it('tells a kiosk what a student is not to be asked for, without why, and again when that changes', async () => {
  const ani = await server.addUser({
    nim: '1',
    name: 'Ani',
    accommodation: { challenges: ['smile', 'blink'], poses: 'any', slow: true },
  })
  await server.addUser({ nim: '2', name: 'Budi' })
  const { students, version } = await roster()
  expect(students).toEqual([
    { nim: '1', name: 'Ani', kelas: 'X-1', cannot: ['turn-left', 'turn-right', 'nod'], slow: true },
    { nim: '2', name: 'Budi', kelas: 'X-1' },
  ])
  const accommodation = JSON.stringify({ poses: 'any', slow: true })
  await server.deps.db.write([
    { sql: 'UPDATE users SET accommodation = ? WHERE id = ?', args: [accommodation, ani.id] },
  ])
  const later = await roster()
  expect(later.students[0]).toEqual({ nim: '1', name: 'Ani', kelas: 'X-1', slow: true })
  expect(later.version).not.toBe(version)
  expect((await beat(server, kiosk)).roster_version).toBe(later.version)
})

it('records her with a leased ticket that asks for what she can do', async () => {
  const person = makePerson()
  const ani = await makeStudent(
    server,
    { accommodation: { challenges: ['smile'], poses: 'guided', slow: false } },
    { person },
  )
  await enrol(server, ani)
  for (let n = 0; n < 39; n++) await server.addUser()
  const { stock, makeEvent } = await openOutbox(server, kiosk, 100)
  expect(new Set(stock.map(({ challenges }) => challenges.join())).size).toBeGreaterThan(1)
  const cannot = (await roster()).students.find(({ nim }) => nim === ani.nim)?.cannot ?? []
  const fit = stock.find(({ challenges }) => !challenges.some((one) => cannot.includes(one)))
  if (fit === undefined) throw new Error('none of a hundred tickets asks for a smile alone')
  expect(fit.challenges).toEqual(['smile'])
  const [receipt] = await sendEvents(server, kiosk, [await makeEvent(person, { with: fit, nim: ani.nim })])
  expect(receipt).toMatchObject({ result: 'hadir', reason: null })
})

it('gives her twice the time with a leased ticket, and nobody else', async () => {
  const takesTime = { accommodation: { poses: 'guided', slow: true } } as const
  const [ani, budi] = [await makeStudent(server, takesTime), await makeStudent(server)]
  for (const one of [ani, budi]) await enrol(server, one)
  const { makeEvent } = await openOutbox(server, kiosk, 10)
  /** Looks aside for 25 seconds before she looks at the camera: too long but for those who have more time. */
  const late = (ticket: Ticket): Act => {
    const plan = { challenges: ticket.challenges, slow: true }
    const frames = drawSession(
      plan,
      (asked, ms, t) =>
        asked !== null ? actFor(asked, ms) : { yaw: 45 * Math.min(1, Math.max(0, (26_000 - t) / 1_000)) },
      7,
    )
    return {
      frames,
      embeddings: [...findActs(frames, plan), frames.length - 1].map((frame) => ({ frame, shot: false, quality: 0 })),
    }
  }
  const events = [
    await makeEvent(ani.person, { act: late, nim: ani.nim }),
    await makeEvent(budi.person, { act: late, nim: budi.nim }),
    await makeEvent(ani.person, { act: late }),
    // In her time, but with another face.
    await makeEvent(budi.person, { act: late, nim: ani.nim }),
  ]
  const results = (await sendEvents(server, kiosk, events)).map(({ result }) => result)
  expect(results).toEqual(['hadir', 'not_live', 'not_live', 'review'])
})
