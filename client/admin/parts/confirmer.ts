import { authApi } from '../../../shared/contract/api/auth.ts'
import { createStore, type Store } from '../../core/store.ts'
import type { AdminApi } from '../api.ts'

/** A question for the password that is on the screen. */
export interface Asking {
  readonly title: string
  readonly body: string
  /** The act's own name, for the button. */
  readonly act: string
  /** A word to be typed first, for what cannot be undone; '' for none. */
  readonly word: string
  /** Tries the password; throws `ApiProblem` when it is wrong. */
  answer(password: string): Promise<void>
  cancel(): void
}

export interface Confirmer {
  readonly asking: Store<Asking | null>
  /** The `X-Confirmation` of an act, once the person gave her password; null when she would rather not. */
  ask(question: { title: string; body: string; act: string; word?: string }): Promise<string | null>
}

/** Asks for the password before a destructive act, as the server wants it (`POST /auth/confirm`). */
export function createConfirmer(api: AdminApi): Confirmer {
  const asking = createStore<Asking | null>(null)
  return {
    asking,
    ask: ({ title, body, act, word = '' }) =>
      new Promise((resolve) => {
        asking.set({
          title,
          body,
          act,
          word,
          async answer(password) {
            const { confirmation } = await api.call(authApi.confirm, { body: { password } })
            asking.set(null)
            resolve(confirmation)
          },
          cancel() {
            asking.set(null)
            resolve(null)
          },
        })
      }),
  }
}
