import type { Hono, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type Endpoint, type Input, isFile, type Output } from '../../shared/contract/endpoint.ts'
import type { AppContext, AppEnv } from './env.ts'
import type { Guard } from './guard.ts'
import { say, type Words } from './language.ts'
import { refuse } from './problem.ts'
import { parseInput, readBody } from './validate.ts'

/** A handler: what the request says, parsed, and the context for everything else. */
export type Handler<E extends Endpoint> = (
  c: AppContext,
  input: Input<E>,
) => Promise<Output<E> | Response> | Output<E> | Response

/** Puts a row of the contract on the app: who may, how often, what it takes, what it answers are the row's. */
export type Serve = <E extends Endpoint>(endpoint: E, handler: Handler<E>) => void

/** The plan's answer to an act that has nothing else to tell. */
export function done(c: AppContext, words: Words): { success: true; message: string } {
  return { success: true, message: say(c, words) }
}

/** The most a request's body may weigh, in bytes, unless its row says more: a sealed capture is at most 150 kB. */
const MAX_BODY = 256 * 1024

/**
 * Serves rows of the contract on `api`. In order: the body's size, who calls, the budget, the confirmation, the parts of
 * the request, the handler; its answer is parsed by the row's schema, so that no field leaves that is not in it.
 */
export function createServe(api: Hono<AppEnv>, guard: Guard): Serve {
  return function serve<E extends Endpoint>(endpoint: E, handler: Handler<E>) {
    const path = endpoint.path.replace(/\{(\w+)\}/g, ':$1')
    const limit = bodyLimit({ maxSize: endpoint.maxBody ?? MAX_BODY, onError: () => refuse('too_large') })
    const doors: MiddlewareHandler<AppEnv>[] = [limit, ...guard.doorsOf(endpoint)]
    api.on(endpoint.method, [path], ...doors, async (c: AppContext) => {
      const input = {
        params: endpoint.params === undefined ? undefined : parseInput(endpoint.params, c.req.param()),
        query: endpoint.query === undefined ? undefined : parseInput(endpoint.query, c.req.query()),
        body: endpoint.body === undefined ? undefined : await readRow(c, endpoint),
      } as Input<E>
      const answer = await handler(c, input)
      if (answer instanceof Response) return answer
      if (isFile(endpoint.reply)) throw new Error('a file is answered as a Response')
      return c.json(endpoint.reply.parse(answer) as object, endpoint.status ?? 200)
    })
  }
}

async function readRow(c: AppContext, { body, bodyOptional = false, newPassword }: Endpoint): Promise<unknown> {
  if (body === undefined) return undefined
  if (bodyOptional && c.req.header('content-type') === undefined) return parseInput(body, {})
  return readBody(c, body, newPassword === undefined ? {} : { newPassword })
}
