import './no-eval.ts'
import type { z } from 'zod'
import { type TokensReply, tokensReply, type User } from '../../shared/contract/auth.ts'
import { ApiProblem, readProblem } from './api-problem.ts'
import { takingTurns } from './turns.ts'

export interface Call<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below /api/v1, without a leading slash. */
  readonly path: string
  readonly body?: unknown
  readonly reply: z.ZodType<T>
  /** `none` for calls that need no signed-in person. */
  readonly auth?: 'bearer' | 'none'
  readonly signal?: AbortSignal
  /** The confirmation of a destructive act (X-Confirmation). */
  readonly confirmation?: string
  /** Milliseconds this call may take, in the place of the transport's own time limit. */
  readonly timeout?: number
}

/** A call whose reply is no JSON: a file, a stream of events. */
export type RawCall = Omit<Call<unknown>, 'reply'>

export interface Transport {
  /** Sends a call and parses its reply. Throws `ApiProblem`. */
  send<T>(call: Call<T>): Promise<T>
  /** Sends a call and gives back its reply unread, once it is a good one. Throws `ApiProblem`. */
  open(call: RawCall): Promise<Response>
  /** Takes over the access token of a reply; it is held in memory and nowhere else. */
  keep(reply: TokensReply): TokensReply
  forget(): void
  /**
   * A new access token from the HttpOnly cookie; calls at the same time share one request. `unauthenticated`, too, when
   * the cookie is of somebody who has signed in since, in another tab: this page does not go on as her.
   */
  refresh(): Promise<TokensReply>
}

export interface TransportOptions {
  readonly fetch: typeof fetch
  /** The chosen language, sent as Accept-Language. */
  readonly language: () => string
  /** The session is over: the refresh cookie was refused too. */
  readonly onSignedOut: () => void
  /** Whose session a renewal went on with. `false`: not the person this page is of, whose session is over then. */
  readonly onRenewed?: (user: User) => boolean
  /** Milliseconds until an unanswered request counts as "no network". */
  readonly timeout: number
  /** The answer to a refresh that was asked for before there was a transport, once. */
  readonly early?: () => Promise<Response> | null
}

/** A signal that follows both. Browsers before 2024 have no `AbortSignal.any`. */
function eitherOf(limit: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  if (other === undefined) return limit
  const { any }: { any?: typeof AbortSignal.any } = AbortSignal
  if (any !== undefined) return any.call(AbortSignal, [other, limit])
  const both = new AbortController()
  for (const one of [other, limit]) {
    if (one.aborted) both.abort(one.reason)
    else one.addEventListener('abort', () => both.abort(one.reason), { once: true })
  }
  return both.signal
}

/** The value of a JSON text, or null: an empty body and a page of HTML are no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function noNetwork(error: unknown): never {
  throw error instanceof ApiProblem ? error : new ApiProblem('no_network', '', undefined, undefined, error)
}

/** The one place that talks to the server: token, language, refresh on 401, parsing, problems. */
export function createTransport(options: TransportOptions): Transport {
  let accessToken: string | null = null
  /** Whose the access token is. */
  let owner: string | null = null
  let refreshing: Promise<TokensReply> | null = null

  async function ask(call: RawCall): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json', 'accept-language': options.language() }
    if (call.body !== undefined) headers['content-type'] = 'application/json'
    if (call.auth !== 'none' && accessToken !== null) headers.authorization = `Bearer ${accessToken}`
    if (call.confirmation !== undefined) headers['x-confirmation'] = call.confirmation
    const limit = AbortSignal.timeout(call.timeout ?? options.timeout)
    try {
      return await options.fetch(`/api/v1/${call.path}`, {
        method: call.method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: eitherOf(limit, call.signal),
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      })
    } catch (error) {
      call.signal?.throwIfAborted()
      return noNetwork(error)
    }
  }

  async function read<T>(response: Response, reply: z.ZodType<T>): Promise<T> {
    if (!response.ok) throw await readProblem(response)
    const text = await response.text().catch(noNetwork)
    const parsed = reply.safeParse(parseJson(text))
    if (!parsed.success) throw new ApiProblem('internal', '', undefined, undefined, parsed.error)
    return parsed.data
  }

  function keep(reply: TokensReply): TokensReply {
    accessToken = reply.access_token
    owner = reply.user.id
    return reply
  }

  async function readTokens(response: Promise<Response>): Promise<TokensReply> {
    const reply = await read(await response.catch(noNetwork), tokensReply)
    const ours = owner === null || owner === reply.user.id
    if (ours && options.onRenewed?.(reply.user) !== false) return keep(reply)
    // Its owner stays known: a call that comes back later does not go on as somebody else either.
    accessToken = null
    throw new ApiProblem('unauthenticated')
  }

  function refresh(): Promise<TokensReply> {
    const call = { method: 'POST', path: 'auth/refresh', body: {}, auth: 'none' } as const
    const early = refreshing === null ? options.early?.() : null
    refreshing ??= (early ? readTokens(early) : takingTurns(() => readTokens(ask(call)))).finally(() => {
      refreshing = null
    })
    return refreshing
  }

  /** Asks, and once more with a new access token when the old one has ended. */
  async function withToken<T>(call: RawCall, take: (response: Response) => Promise<T>): Promise<T> {
    const tokenUsed = accessToken
    try {
      return await take(await ask(call))
    } catch (error) {
      const ended = error instanceof ApiProblem && error.code === 'unauthenticated' && call.auth !== 'none'
      if (!ended) throw error
      // Another call may have fetched a new token while this one was under way.
      if (accessToken === null || accessToken === tokenUsed) await renew()
      return await take(await ask(call))
    }
  }

  async function open(call: RawCall): Promise<Response> {
    return withToken(call, async (response) => {
      if (!response.ok) throw await readProblem(response)
      return response
    })
  }

  async function renew(): Promise<void> {
    try {
      await refresh()
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'unauthenticated') {
        accessToken = null
        options.onSignedOut()
      }
      throw error
    }
  }

  return {
    send: (call) => withToken(call, (response) => read(response, call.reply)),
    open,
    keep,
    refresh,
    forget: () => {
      accessToken = null
      owner = null
    },
  }
}
