import { type TokensReply, type User, userSchema } from '../../shared/contract/auth.ts'
import type { Api } from './api.ts'
import { toProblem } from './api-problem.ts'
import type { Kept } from './kept.ts'
import type { Remembered } from './remembered.ts'
import { createStore, type Store } from './store.ts'

/** Who is using the page. `ended`: they were signed in and the server has closed the session. */
export type SessionState =
  | { readonly is: 'starting' }
  | { readonly is: 'unreachable' }
  | { readonly is: 'out'; readonly ended: boolean }
  | { readonly is: 'in'; readonly user: User }

export interface Session extends Store<SessionState> {
  /**
   * Takes the session of an earlier visit up again. Without one, no request is made. Without a network whoever was signed
   * in still sees what was kept; the next call that gets through renews the session, or ends it.
   */
  resume(): Promise<void>
  enter(reply: TokensReply): void
  /** Signs out on the server when it can be reached, and here in any case. */
  leave(): Promise<void>
  /** Ends every session of this person, here and elsewhere. Throws `ApiProblem`, still signed in, when it cannot. */
  leaveEverywhere(): Promise<void>
  /** The server no longer knows this session. */
  end(): void
  /** What the page has learnt about the person since (a face enrolled or deleted). */
  update(change: Partial<User>): void
}

/**
 * The session of the phone page: it lives in memory, and in the HttpOnly cookie that no script can read. `kept`: where the
 * person's last answers are; without it nothing is kept and nothing opens without a network.
 */
export function createSession(
  api: () => Pick<Api, 'refresh' | 'logout' | 'logoutEverywhere'>,
  remembered: Remembered,
  kept?: Kept,
): Session {
  const store = createStore<SessionState>({ is: 'starting' })

  function enter(reply: TokensReply): void {
    if (kept?.read('user', userSchema)?.value.id !== reply.user.id) kept?.clear()
    kept?.write('user', reply.user)
    remembered.write('signedIn', '1')
    store.set({ is: 'in', user: reply.user })
  }

  function out(ended: boolean): void {
    remembered.write('signedIn', null)
    kept?.clear()
    store.set({ is: 'out', ended })
  }

  return {
    ...store,
    enter,
    end: () => out(true),
    async resume() {
      if (remembered.read('signedIn') === null) return out(false)
      store.set({ is: 'starting' })
      try {
        enter(await api().refresh())
      } catch (error) {
        const { code } = toProblem(error)
        const known = code === 'no_network' ? kept?.read('user', userSchema) : null
        if (code === 'unauthenticated') out(true)
        else store.set(known ? { is: 'in', user: known.value } : { is: 'unreachable' })
      }
    },
    async leave() {
      try {
        await api().logout()
      } catch {
        // Without a network the cookie lives on until it ends by itself; the page forgets the person either way.
      }
      out(false)
    },
    async leaveEverywhere() {
      await api().logoutEverywhere()
      out(false)
    },
    update(change) {
      const now = store.get()
      if (now.is !== 'in') return
      const user = { ...now.user, ...change }
      kept?.write('user', user)
      store.set({ is: 'in', user })
    },
  }
}
