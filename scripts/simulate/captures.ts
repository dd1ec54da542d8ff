import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { OpenedCapture } from '../../server/evidence/open-capture.ts'
import { type EvidenceReader, REAL_EVIDENCE } from '../../server/kiosk/events/evidence-reader.ts'
import { actOut, embed, makeCapture, makePerson, type Person, sealCapture } from '../../server/test/test-capture.ts'
import type { TestDevice } from '../../server/test/test-server.ts'
import type { Ticket } from '../../shared/contract/capture.ts'
import { FACE_MODELS } from '../../shared/face/model.ts'
import type { Verdict } from '../../shared/liveness/verdict.ts'

/** Marks a capture of the simulator's own: it says whom it shows and is sealed by nobody. */
const MARK = 'simulated.'

const cheapSchema = z.strictObject({
  ticket: z.string(),
  /** Index of the pupil; -1: somebody the server does not know. */
  pupil: z.number().int(),
  /** Makes its bytes, and so its hashes, its own. */
  salt: z.string(),
})

/** A capture that costs nothing: read by `createReader`'s reader where the server would open a real one. */
export const makeCheapCapture = (ticket: Ticket, pupil: number, salt: string): string =>
  `${MARK}${Buffer.from(JSON.stringify({ ticket: ticket.id, pupil, salt })).toString('base64url')}`

/** A real one, signed and sealed, of a drawn face that does what the ticket asks: about 40 ms of work. */
export const makeRealCapture = (ticket: Ticket, person: Person, device: TestDevice): Promise<string> =>
  sealCapture(makeCapture(ticket, actOut(ticket), person), ticket, device)

/**
 * What the simulator gives the server to open captures with: its own are believed, and judged live; every other is opened
 * and judged as always.
 * @param personOf a pupil by index
 */
export function createReader(personOf: (pupil: number) => Person): EvidenceReader {
  const stranger = makePerson()
  // One act for all: a cheap capture's frames are looked at by nobody but the test for one person throughout.
  const frames = actOut({ challenges: ['blink'], slow: false } as unknown as Ticket).frames
  const cheap = new WeakSet<OpenedCapture['frames']>([frames])
  const box = { x: 0, y: 0, width: 200, height: 200 }
  return {
    async open(sealed, ticket, context) {
      if (!sealed.startsWith(MARK)) return REAL_EVIDENCE.open(sealed, ticket, context)
      const text = Buffer.from(sealed.slice(MARK.length), 'base64url')
      const { ticket: id, pupil } = cheapSchema.parse(JSON.parse(text.toString()))
      if (id !== ticket.id) return null
      const vector = embed(pupil < 0 ? stranger : personOf(pupil))
      const embeddings = [10, 40].flatMap((index) => {
        const frame = frames[index]
        return frame === undefined ? [] : [{ frame, vector, shot: false, quality: 90, face: 0, box }]
      })
      const traceHash = createHash('sha256').update(text).digest('base64url')
      return { model: FACE_MODELS[0], frames, embeddings, cameraLabel: 'Simulated', trace: text, traceHash }
    },
    judge: (traced, ...rest) => (cheap.has(traced) ? LIVE : REAL_EVIDENCE.judge(traced, ...rest)),
  }
}

const LIVE: Verdict = { result: 'live', reason: 'ok', signals: {} }
