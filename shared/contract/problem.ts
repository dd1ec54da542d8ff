import { z } from 'zod'

/**
 * The closed list of codes an error reply may carry (RFC 9457 problem documents, member `code`), each with its HTTP
 * status. A client may switch on a code; it never parses `detail`, which is for people and localised.
 * `not_matched` stands for "not you", "somebody else is nearer" and "not enrolled" alike.
 */
export const PROBLEMS = {
  bad_request: 400,
  bad_capture: 400,
  unauthenticated: 401,
  wrong_credentials: 401,
  wrong_code: 401,
  forbidden: 403,
  confirm_password: 403,
  registration_closed: 403,
  outside: 403,
  wrong_device: 403,
  device_pending: 403,
  consent_required: 403,
  not_found: 404,
  conflict: 409,
  ticket_spent: 409,
  closed: 409,
  ticket_expired: 410,
  too_large: 413,
  not_live: 422,
  not_matched: 422,
  poor_shots: 422,
  waiting_for_review: 422,
  weak_password: 422,
  slow_down: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<string, number>

/** One of the closed list of problem codes. */
export type ProblemCode = keyof typeof PROBLEMS

/** All codes, in the order of the table. */
export const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]

/** The body of every error reply (`application/problem+json`). `retry_after` is in seconds. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(PROBLEM_CODES),
  request_id: z.string().optional(),
  retry_after: z.number().int().positive().optional(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** Only under LIVENESS_PROFILE=lab: the verdict with every signal's value. */
  lab: z.unknown().optional(),
})

/** The fields of a `forbidden` that ends when the one-time password is exchanged for one of her own. */
export const TEMPORARY_PASSWORD = [{ path: 'password', message: 'temporary' }]

/** Whether a call was refused because the caller still has the one-time password. */
export const isTemporaryPassword = ({ code, fields }: Pick<Problem, 'code' | 'fields'>): boolean =>
  code === 'forbidden' && fields?.[0]?.path === 'password' && fields[0].message === 'temporary'

export type Problem = z.infer<typeof problemSchema>
