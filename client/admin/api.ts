import type { z } from 'zod'
import { authApi } from '../../shared/contract/api/auth.ts'
import { type loginRequest, type TokensReply, tokensReply } from '../../shared/contract/auth.ts'
import type { Endpoint } from '../../shared/contract/endpoint.ts'
import { isTemporaryPassword } from '../../shared/contract/problem.ts'
import { ApiProblem } from '../core/api-problem.ts'
import { createStore, type Store } from '../core/store.ts'
import { createTransport, type TransportOptions } from '../core/transport.ts'

/** Values of a query; '' and undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** What a call of a row says: `params` fill its path. */
export interface Asked<E extends Endpoint> {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Query
  readonly body?: E['body'] extends z.ZodType ? z.input<E['body']> : never
  /** The confirmation of a destructive act. */
  readonly confirmation?: string
  readonly signal?: AbortSignal
  /** ms; 20 s by default. */
  readonly timeout?: number
}
export type Answer<E extends Endpoint> = E['reply'] extends z.ZodType ? z.output<E['reply']> : never

/** The server as the console sees it: any row of the contract. Every method throws `ApiProblem` and nothing else. */
export interface AdminApi {
  call<E extends Endpoint>(row: E, asked?: Asked<E>): Promise<Answer<E>>
  /** A row that answers with a file or a stream. */
  open<E extends Endpoint>(row: E, asked?: Asked<E>): Promise<Response>
  login(request: z.input<typeof loginRequest>): Promise<TokensReply>
  refresh(): Promise<TokensReply>
  logout(): Promise<void>
  logoutEverywhere(): Promise<void>
  /** Calls are refused until whoever is signed in has chosen a password of her own. */
  readonly isTemporary: Store<boolean>
}

/** A row's path with its parameters and query in it, below /api/v1. */
export function pathOf(row: Endpoint, { params = {}, query = {} }: Pick<Asked<Endpoint>, 'params' | 'query'>): string {
  const path = row.path.slice(1).replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString()
  return search === '' ? path : `${path}?${search}`
}

/** Exports and imports of a whole school take their time, ms. */
const PATIENCE = 60_000

/** The console's client of /api/v1. */
export function createAdminApi(options: Pick<TransportOptions, 'language' | 'onSignedOut' | 'early'>): AdminApi {
  const transport = createTransport({
    fetch: (...args) => globalThis.fetch(...args),
    timeout: 20_000,
    ...options,
  })
  const rest = <E extends Endpoint>(row: E, asked: Asked<E>) => ({
    method: row.method,
    path: pathOf(row, asked),
    timeout: asked.timeout ?? (row.limit === 'heavy' ? PATIENCE : 20_000),
    ...(asked.body === undefined ? {} : { body: asked.body as unknown }),
    ...(asked.confirmation === undefined ? {} : { confirmation: asked.confirmation }),
    ...(asked.signal === undefined ? {} : { signal: asked.signal }),
  })
  const isTemporary = createStore(false)
  const note = (error: unknown): never => {
    if (error instanceof ApiProblem && error.problem && isTemporaryPassword(error.problem)) isTemporary.set(true)
    throw error
  }
  return {
    isTemporary,
    async call(row, asked = {}) {
      if ('file' in row.reply) throw new ApiProblem('internal')
      const reply = await transport.send({ ...rest(row, asked), reply: row.reply }).catch(note)
      return reply as Answer<typeof row>
    },
    open: (row, asked = {}) => transport.open(rest(row, asked)).catch(note),
    async login(body) {
      isTemporary.set(false)
      return transport.keep(
        await transport.send({ method: 'POST', path: 'auth/login', body, reply: tokensReply, auth: 'none' }),
      )
    },
    refresh: transport.refresh,
    async logout() {
      try {
        await transport.send({ method: 'POST', path: 'auth/logout', body: {}, reply: authApi.logout.reply })
      } finally {
        transport.forget()
      }
    },
    async logoutEverywhere() {
      const row = authApi.logoutEverywhere
      await transport.send({ method: row.method, path: pathOf(row, {}), body: {}, reply: row.reply })
      transport.forget()
    },
  }
}
