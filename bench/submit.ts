import { openTestServer } from '../server/test/test-server.ts'
import { checkInBody, enrol, makeStudent } from '../server/test/test-student.ts'
import { middle } from './middle.ts'

/** Milliseconds of one request inside the process, median and the slowest. */
export interface SubmitFigures {
  readonly classmates: number
  readonly submits: number
  readonly median: number
  readonly slowest: number
  /** The same for a request that only asks the database whether it is there. */
  readonly baseline: number
}

const CLASSMATES = 36
const SUBMITS = 25

/**
 * The server's share of a check-in: ticket, opening, verifying, replaying the trace, matching within a class, writing, all
 * by the front door of the real application on a database file. Sealing the capture is not in it.
 */
export async function measureSubmit(): Promise<SubmitFigures> {
  const server = await openTestServer({ LOG_LEVEL: 'silent' })
  try {
    const students = []
    for (let i = 0; i < CLASSMATES; i += 1) {
      const student = await makeStudent(server)
      await enrol(server, student)
      students.push(student)
    }
    const times: number[] = []
    const plain: number[] = []
    const timed = async (into: number[], request: () => Promise<Response>) => {
      const start = performance.now()
      const reply = await request()
      into.push(performance.now() - start)
      if (!reply.ok) throw new Error(await reply.text())
    }
    for (const student of students.slice(0, SUBMITS)) {
      const body = await checkInBody(server, student)
      await timed(plain, () => server.call('/api/v1/health'))
      await timed(times, () => server.call('/api/v1/absensi/submit', { body, token: student.token }))
    }
    return {
      classmates: CLASSMATES,
      submits: SUBMITS,
      median: middle(times),
      slowest: Math.max(...times),
      baseline: middle(plain),
    }
  } finally {
    await server.close()
  }
}
