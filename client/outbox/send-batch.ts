import { z } from 'zod'
import { type EventReceipt, eventReceiptSchema, type KioskEvent } from '../../shared/contract/kiosk-offline.ts'
import { type ProblemCode, problemSchema } from '../../shared/contract/problem.ts'

/** What came back: the status, the body as JSON (null: it is none), and `Retry-After` in ms where the server said so. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly retryAfterMs?: number
}

/** Sends a signed `POST /kiosk/events` with this body. Rejects when no whole answer came; of a refusal the status is enough. */
export type PostEvents = (body: string) => Promise<Answer>

/**
 * `receipts`: for these events, whatever else is missing. `refused`: the batch as a whole cannot be read, or one event is too
 * large for the way. `broke`: the server failed at it. `stopped`: the kiosk is not let in. `later`: no answer, or none of
 * our server's (a captive portal, a proxy); `tooSlow`: the time for it ran out, which a smaller batch may not need.
 */
export type Sent =
  | { readonly kind: 'receipts'; readonly receipts: readonly EventReceipt[]; readonly timeToken: string }
  | { readonly kind: 'refused' | 'too_large' | 'broke'; readonly why: string }
  | { readonly kind: 'stopped'; readonly why: string }
  | { readonly kind: 'later'; readonly why: LaterReason; readonly atLeastMs: number; readonly tooSlow?: true }

export type LaterReason = 'no_network' | 'busy_server' | 'unreadable'

const STOPS: ReadonlySet<ProblemCode> = new Set(['unauthenticated', 'forbidden', 'wrong_device'])

/** Receipts are read one by one: one that a newer server words otherwise must not hold back the others. */
const replySchema = z.object({ receipts: z.array(z.unknown()), time_token: z.string() })

/** Sends events and says what the answer means. Never throws. */
export async function sendBatch(post: PostEvents, events: readonly KioskEvent[]): Promise<Sent> {
  let answer: Answer
  try {
    answer = await post(JSON.stringify({ events }))
  } catch (error) {
    return { kind: 'later', why: 'no_network', atLeastMs: 0, ...(ranOut(error) ? { tooSlow: true } : {}) }
  }
  const { status, body, retryAfterMs = 0 } = answer
  if (status >= 200 && status < 300) {
    const reply = replySchema.safeParse(body)
    if (!reply.success) return { kind: 'later', why: 'unreadable', atLeastMs: 0 }
    const receipts = reply.data.receipts.flatMap((one) => eventReceiptSchema.safeParse(one).data ?? [])
    return { kind: 'receipts', receipts, timeToken: reply.data.time_token }
  }
  // A proxy in front may refuse the size in its own words.
  if (status === 413) return { kind: 'too_large', why: 'too_large' }
  const problem = problemSchema.safeParse(body)
  if (!problem.success)
    return { kind: 'later', why: status >= 500 ? 'busy_server' : 'unreadable', atLeastMs: retryAfterMs }
  const { code } = problem.data
  if (STOPS.has(code)) return { kind: 'stopped', why: code }
  if (status === 500) return { kind: 'broke', why: code }
  if (status === 429 || status > 500) return { kind: 'later', why: 'busy_server', atLeastMs: retryAfterMs }
  // What a server says that does not know the path at all is no word on these events.
  if (status !== 400 && status !== 422) return { kind: 'later', why: 'unreadable', atLeastMs: retryAfterMs }
  return { kind: 'refused', why: code }
}

/** Whether it, or what it wraps, is what `AbortSignal.timeout` ends a request with. */
function ranOut(error: unknown): boolean {
  const isTimeout = (one: unknown) => one instanceof Error && one.name === 'TimeoutError'
  return isTimeout(error) || (error instanceof Error && isTimeout(error.cause))
}
