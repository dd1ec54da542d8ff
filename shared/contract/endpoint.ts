import { z } from 'zod'

/**
 * Who may call: `anyone`; `user`: whoever is signed in and active; `staff`: guru and admin (a guru within her kelas);
 * `admin`; `kiosk`: a paired kiosk, by the proof it signs.
 */
export const CALLERS = ['anyone', 'user', 'staff', 'admin', 'kiosk'] as const
export type Caller = (typeof CALLERS)[number]

/** The budgets a call is counted against. Every signed-in call also counts as `user`, every other one as `address`. */
export const LIMITS = {
  /** Of one signed-in user. */
  user: { units: 100, seconds: 60, per: 'user' },
  /** Of one address that shows no token of ours: a school shares one. */
  address: { units: 600, seconds: 60, per: 'address' },
  /** Faces looked at for one user (the plan's number). */
  scan: { units: 10, seconds: 60, per: 'user' },
  /** Work over the whole school at once: exports, imports, reports. */
  heavy: { units: 20, seconds: 60, per: 'user' },
  /** Of one paired kiosk. */
  kiosk: { units: 600, seconds: 60, per: 'kiosk' },
  /** A notice board's questions about a NIM, of one address. */
  lookup: { units: 30, seconds: 60, per: 'address' },
} as const satisfies Record<string, { units: number; seconds: number; per: 'user' | 'address' | 'kiosk' }>
export type LimitName = keyof typeof LIMITS

/** A reply that is a file and not JSON: its media types. */
export interface FileReply {
  readonly file: readonly [string, ...string[]]
}

/** One row of the API: everything that documents, guards and checks it. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Under /api/v1, parameters as `{name}`. */
  readonly path: `/${string}`
  readonly who: Caller
  readonly limit: LimitName
  /** What it does, in one line, for the API's page. */
  readonly summary: string
  /** Open also while the password is the one printed at the first start. */
  readonly temporary?: boolean
  /** Destructive: needs a fresh confirmation of the password (`POST /auth/confirm`) in `X-Confirmation`. */
  readonly confirm?: boolean
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** Open also to a kiosk that was shut out: what it captured before is still taken in. */
  readonly revoked?: boolean
  /** A request without a body is taken as an empty object. */
  readonly bodyOptional?: boolean
  /** Bytes a body may weigh, where 256 kB are not enough. */
  readonly maxBody?: number
  /** The body's new password: when nothing else is wrong with it, it is refused as weak_password. */
  readonly newPassword?: string
  readonly reply: z.ZodType | FileReply
  readonly status?: 200 | 201 | 202
}

/** States a row and keeps its exact types. */
export const endpoint = <const E extends Endpoint>(row: E): E => row

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined
/** What a handler is given of a request. */
export interface Input<E extends Endpoint> {
  readonly params: Parsed<E['params']>
  readonly query: Parsed<E['query']>
  readonly body: Parsed<E['body']>
}
/** What a handler answers: the reply before it is parsed, so that nothing outside its schema leaves. */
export type Output<E extends Endpoint> = E['reply'] extends z.ZodType ? z.input<E['reply']> : never

export const isFile = (reply: Endpoint['reply']): reply is FileReply => 'file' in reply

/** An id in a path. */
export const idParams = z.object({ id: z.uuid() })

/** A page of a long list. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
})

/** The plan's shape of a list. */
export const listOf = <S extends z.ZodType>(item: S) =>
  z.object({ total: z.number().int(), limit: z.number().int(), offset: z.number().int(), data: z.array(item) })

/** A day of the school's calendar that exists, YYYY-MM-DD. */
export const dateSchema = z.iso.date()
