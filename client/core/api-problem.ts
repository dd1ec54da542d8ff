import { type Problem, type ProblemCode, problemSchema } from '../../shared/contract/problem.ts'

/** A code of the contract, or `no_network`: no answer came at all. */
export type ApiCode = ProblemCode | 'no_network'

/** A call that did not give its reply. Screens switch on `code`; `detail` is a sentence for people, already localised. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  constructor(
    readonly code: ApiCode,
    readonly detail = '',
    /** Seconds to wait before asking again, when the server said so. */
    readonly retryAfter?: number,
    /** The problem document, when there was one. */
    readonly problem?: Problem,
    cause?: unknown,
  ) {
    super(detail || code, { cause })
  }
}

/** Codes for answers that carry no problem document: a proxy's own error page, or none of our making. */
const CODE_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'bad_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  429: 'slow_down',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}

/** Whole seconds of a `Retry-After` header (RFC 9110, 10.2.3; the date form is not used by our servers). */
function readRetryAfter(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined
}

/** Turns an answer that is not 2xx into the problem it stands for. Never throws: an unreadable body still has a code. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null)
  const parsed = problemSchema.safeParse(body)
  const retryAfter = readRetryAfter(response.headers)
  if (!parsed.success) return new ApiProblem(CODE_OF_STATUS[response.status] ?? 'internal', '', retryAfter)
  return new ApiProblem(parsed.data.code, parsed.data.detail, parsed.data.retry_after ?? retryAfter, parsed.data)
}

/** Any thrown value as a problem: our own as it is, everything else as `internal` with the value as its cause. */
export function toProblem(thrown: unknown): ApiProblem {
  return thrown instanceof ApiProblem ? thrown : new ApiProblem('internal', '', undefined, undefined, thrown)
}

/** Whether no answer came to a call: what it asked for may have been done. */
export function isUnanswered(error: unknown): boolean {
  return ['no_network', 'unavailable'].includes(toProblem(error).code)
}
