import type { Context } from 'hono'
import type { Kiosk } from '../kiosk/store.ts'
import type { SignedInUser } from '../users/store.ts'

/**
 * What the middleware puts on a request. `user` and `kiosk` are there where the row of the contract asks for
 * somebody signed in, or for a kiosk.
 */
export interface AppEnv {
  Variables: {
    requestId: string
    /** The caller's address: of the socket, or as a trusted proxy says. */
    address: string
    /** Whether the caller's own connection is TLS, as far as known. */
    secure: boolean
    user: SignedInUser
    /** The paired kiosk that signed the request, where the row asks for one. */
    kiosk: Kiosk
  }
}

export type AppContext = Context<AppEnv>
