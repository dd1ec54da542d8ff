import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { PROBLEMS, type Problem, type ProblemCode } from '../../shared/contract/problem.ts'
import { languageOf, type Words } from './language.ts'
import { PROBLEM_WORDS } from './problem-words.ts'

export interface RefusalOptions {
  /** Instead of the code's own text: what happened and what to do next. Never a score, a key or somebody's data. */
  readonly detail?: Words
  /** Seconds, at least 1; also sent as `Retry-After`. */
  readonly retryAfter?: number
  /** What of the request was wrong, by path; never its value. */
  readonly fields?: readonly { path: string; message: string }[]
  /** Only ever passed under LIVENESS_PROFILE=lab. */
  readonly lab?: unknown
}

/** A request that is answered with a problem document. */
export class Refusal extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly options: RefusalOptions = {},
  ) {
    super(code)
    this.name = 'Refusal'
  }
}

/** Ends the request with a problem of the closed list. */
export function refuse(code: ProblemCode, options: RefusalOptions = {}): never {
  throw new Refusal(code, options)
}

/** The reply to a refusal: RFC 9457, in the language asked for. */
export function problemReply(c: Context, refusal: Refusal): Response {
  const { code, options } = refusal
  const words = PROBLEM_WORDS[code]
  const language = languageOf(c.req.header('accept-language'))
  const status = PROBLEMS[code]
  const retryAfter = options.retryAfter === undefined ? undefined : Math.max(1, Math.ceil(options.retryAfter))
  const problem: Problem = {
    type: 'about:blank',
    title: words.title[language],
    status,
    detail: (options.detail ?? words.detail)[language],
    code,
    ...(c.get('requestId') === undefined ? {} : { request_id: c.get('requestId') }),
    ...(retryAfter === undefined ? {} : { retry_after: retryAfter }),
    ...(options.fields === undefined ? {} : { fields: [...options.fields] }),
    ...(options.lab === undefined ? {} : { lab: options.lab }),
  }
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter))
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  c.header('Content-Language', language)
  c.header('Content-Type', 'application/problem+json')
  return c.body(JSON.stringify(problem), status satisfies ContentfulStatusCode)
}
