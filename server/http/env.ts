import type { Context } from 'hono'
import type { SignedInUser } from '../users/store.ts'

/** What the middleware puts on a request. `user` is there where the row of the contract asks for somebody signed in. */
export interface AppEnv {
  Variables: {
    requestId: string
    /** The caller's address: of the socket, or as a trusted proxy says. */
    address: string
    /** Whether the caller's own connection is TLS, as far as known. */
    secure: boolean
    user: SignedInUser
  }
}

export type AppContext = Context<AppEnv>
