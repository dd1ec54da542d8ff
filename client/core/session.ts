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
   * in still sees what was kept; the next call that gets through renews the session, or ends it. A sign-out that the
   * server has not heard of is told it first, and no session is taken up before it has.
   */
  resume(): Promise<void>
  /** Signs in by that call, once a sign-out under way is told: told later it would end the new session. Throws what the call throws. */
  signIn(call: () => Promise<TokensReply>): Promise<void>
  enter(reply: TokensReply): void
  /** Signs out here in any case, and on the server: when it cannot be reached, at the next chance there is. */
  leave(): Promise<void>
  /** Ends every session of this person, here and elsewhere. Throws `ApiProblem`, still signed in, when it cannot. */
  leaveEverywhere(): Promise<void>
  /** The server no longer knows this session. */
  end(): void
  /** What the page has learnt about the person since (a face enrolled or deleted). */
  update(change: Partial<User>): void
  /** A renewal went on with this person's session: takes over what is new of her; false when it is somebody else. */
  renewed(user: User): boolean
}

/** Of `signedIn`: somebody, and not whom. */
const SOMEBODY = '1'

/**
 * The session of the phone page: it lives in memory, and in the HttpOnly cookie that no script can read. `kept`: where the
 * person's last answers are; without it nothing is kept and nothing opens without a network. When another tab signs out, or
 * in as somebody else, the session of this one ends.
 * @param page where `storage` and `online` are heard
 */
export function createSession(
  api: () => Pick<Api, 'refresh' | 'logout' | 'logoutEverywhere'>,
  remembered: Remembered,
  kept?: Kept,
  page: Pick<EventTarget, 'addEventListener'> | undefined = globalThis.window,
): Session {
  const store = createStore<SessionState>({ is: 'starting' })
  /** Who was signed in here last. */
  let person: string | null = null
  let telling: Promise<void> | null = null
  let isEntering = false

  /** The id of another person who has signed in since, in another tab. */
  function isSomebodyElse(noted: string | null): boolean {
    return noted !== null && noted !== SOMEBODY && person !== null && noted !== person
  }

  function enter(reply: TokensReply): void {
    if (kept?.read('user', userSchema)?.value.id !== reply.user.id) kept?.clear()
    kept?.write('user', reply.user)
    person = reply.user.id
    remembered.write('leaving', null)
    remembered.write('signedIn', person)
    store.set({ is: 'in', user: reply.user })
  }

  function out(ended: boolean): void {
    if (!isSomebodyElse(remembered.read('signedIn'))) {
      remembered.write('signedIn', null)
      kept?.clear()
    }
    store.set({ is: 'out', ended })
  }

  /** Ends on the server what was left here. The cookie no script can delete lives on until it has heard of it. */
  function tellLeft(): Promise<void> {
    if (remembered.read('leaving') === null || isEntering) return Promise.resolve()
    telling ??= api()
      .logout()
      .then(
        () => remembered.write('leaving', null),
        // Told again at the next start, or when there is a network.
        () => undefined,
      )
      .finally(() => {
        telling = null
      })
    return telling
  }

  function update(change: Partial<User>): void {
    const now = store.get()
    if (now.is !== 'in') return
    const user = { ...now.user, ...change }
    kept?.write('user', user)
    store.set({ is: 'in', user })
  }

  page?.addEventListener('online', () => void tellLeft())
  page?.addEventListener('storage', () => {
    const noted = remembered.read('signedIn')
    if (store.get().is === 'in' && (noted === null || isSomebodyElse(noted))) store.set({ is: 'out', ended: true })
  })

  return {
    ...store,
    async signIn(call) {
      isEntering = true
      try {
        await telling
        enter(await call())
      } finally {
        isEntering = false
      }
    },
    enter,
    end: () => out(true),
    async resume() {
      store.set({ is: 'starting' })
      if (remembered.read('leaving') !== null) {
        await tellLeft()
        return out(false)
      }
      if (remembered.read('signedIn') === null) return out(false)
      try {
        enter(await api().refresh())
      } catch (error) {
        const { code } = toProblem(error)
        const known = code === 'no_network' ? kept?.read('user', userSchema) : null
        if (known) person = known.value.id
        if (code === 'unauthenticated') out(true)
        else store.set(known ? { is: 'in', user: known.value } : { is: 'unreachable' })
      }
    },
    async leave() {
      remembered.write('leaving', '1')
      await tellLeft()
      out(false)
    },
    async leaveEverywhere() {
      await api().logoutEverywhere()
      out(false)
    },
    update,
    renewed(user) {
      const now = store.get()
      if (now.is !== 'in') return now.is !== 'out'
      if (now.user.id !== user.id) return false
      if (JSON.stringify(now.user) !== JSON.stringify(user)) update(user)
      return true
    },
  }
}
