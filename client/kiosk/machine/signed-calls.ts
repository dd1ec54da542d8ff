import '../../core/no-eval.ts'
import type { z } from 'zod'
import { serverTimeReply } from '../../../shared/contract/kiosk.ts'
import { ApiProblem, readProblem, toProblem } from '../../core/api-problem.ts'
import type { DeviceKey } from '../../evidence/device-key.ts'
import { signCall } from '../../evidence/sign-call.ts'
import type { Answer } from '../../outbox/send-batch.ts'

/** An unanswered request counts as "no network" after this long, ms. */
const TIMEOUT_MS = 8_000
/** The same for a batch of events, some hundred kilobytes to send up. */
const BATCH_TIMEOUT_MS = 30_000

export interface KioskCall<T> {
  readonly method: 'GET' | 'POST'
  /** Below /api/v1, without a leading slash. */
  readonly path: string
  /** Without the question mark. */
  readonly query?: string
  readonly body?: unknown
  readonly reply: z.ZodType<T>
  /** Anybody may ask it: not signed. */
  readonly open?: boolean
}

export interface SignedCalls {
  /** Signs, sends, parses. @throws ApiProblem; `unauthenticated` only when the server's own time was used */
  send<T>(call: KioskCall<T>): Promise<T>
  /** Sends a JSON text signed and tells status and body as they are. Rejects when no whole answer came; a refusal that is no JSON has the body null. */
  post(path: string, body: string): Promise<Answer>
  /** A reply said what time it is there. */
  learn(epochMs: number): void
  /** The server's time as far as it was learnt, else the tablet's, ms since 1970. */
  now(): number
}

/**
 * The kiosk's line to the server. The tablet's own clock may be wrong: proofs carry the server's time, asked for when a proof
 * was refused, and the call is made once more.
 * @param language for the words in problems
 */
export function createSignedCalls(key: DeviceKey, language: () => string): SignedCalls {
  let anchor = { epoch: Date.now(), at: performance.now() }
  const learn = (epoch: number) => {
    anchor = { epoch, at: performance.now() }
  }

  const now = () => anchor.epoch + (performance.now() - anchor.at)

  async function ask(
    method: 'GET' | 'POST',
    path: string,
    { query = '', body = '', open = false, timeout = TIMEOUT_MS },
  ): Promise<Response> {
    const url = `${location.origin}/api/v1/${path}`
    const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language() }
    if (body !== '') headers['content-type'] = 'application/json'
    if (!open) headers.dpop = await signCall(key, { method, url, body, at: now() })
    try {
      return await fetch(query === '' ? url : `${url}?${query}`, {
        method,
        headers,
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(timeout),
        ...(body === '' ? {} : { body }),
      })
    } catch (error) {
      throw new ApiProblem('no_network', '', undefined, undefined, error)
    }
  }

  async function read<T>(response: Response, reply: z.ZodType<T>): Promise<T> {
    if (!response.ok) throw await readProblem(response)
    const body: unknown = await response.json().catch((error: unknown) => {
      throw new ApiProblem('no_network', '', undefined, undefined, error)
    })
    const parsed = reply.safeParse(body)
    if (!parsed.success) throw new ApiProblem('internal', '', undefined, undefined, parsed.error)
    return parsed.data
  }

  const askTime = async () => {
    const { epoch_ms } = await read(await ask('GET', 'kiosk/time', { open: true }), serverTimeReply)
    learn(epoch_ms)
  }

  return {
    learn,
    now,
    async send({ method, path, query = '', body, reply, open = false }) {
      const what = { query, body: body === undefined ? '' : JSON.stringify(body), open }
      const once = async () => read(await ask(method, path, what), reply)
      try {
        return await once()
      } catch (error) {
        // Without a problem document it is a captive portal's or a proxy's 401, none of our server's.
        const { code, problem } = toProblem(error)
        if (open || code !== 'unauthenticated' || problem === undefined) throw error
        await askTime()
        return once()
      }
    },
    async post(path, body) {
      const what = { body, timeout: BATCH_TIMEOUT_MS }
      let response = await ask('POST', path, what)
      if (response.status === 401) {
        await askTime()
        response = await ask('POST', path, what)
      }
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
      return {
        status: response.status,
        // A proxy refuses in HTML; of our server's answers a whole one is wanted.
        body: await response.json().catch((error: unknown) => {
          if (response.ok) throw error
          return null
        }),
        ...(seconds > 0 ? { retryAfterMs: seconds * 1000 } : {}),
      }
    },
  }
}

/** Whether a failure means that the server does not know this kiosk (any more). */
export function isShutOut(error: unknown): boolean {
  const { code, problem } = toProblem(error)
  return code === 'unauthenticated' && problem !== undefined
}
