import type { Context } from 'hono'
import type { z } from 'zod'
import { refuse } from './problem.ts'

/**
 * The request's JSON body, parsed by `schema`. Anything else is refused as bad_request with the path and the rule of
 * each wrong field; values and the schema stay out of the reply. When nothing but the field `newPassword` is wrong, the
 * refusal is weak_password.
 */
export async function readBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
  { newPassword }: { newPassword?: string } = {},
): Promise<z.output<Schema>> {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type))
    refuse('bad_request', { fields: [{ path: '', message: 'content-type must be application/json' }] })
  const json: unknown = await c.req.json().catch(() => refuse('bad_request', { fields: [notJson] }))
  return parseInput(schema, json, newPassword)
}

const notJson = { path: '', message: 'not JSON' }

/** Any part of a request, parsed by `schema`, refused in the same way. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  newPassword?: string,
): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.code }))
  const weak = newPassword !== undefined && fields.every(({ path }) => path === newPassword)
  return refuse(weak ? 'weak_password' : 'bad_request', { fields })
}
