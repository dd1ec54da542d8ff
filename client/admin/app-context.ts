import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { User } from '../../shared/contract/auth.ts'
import type { Language } from '../core/language.ts'
import type { Session } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import type { AdminApi } from './api.ts'
import type { Bilingual, LanguageStore } from './language.ts'
import type { Confirmer } from './parts/confirmer.ts'
import type { Toasts } from './parts/toast-store.ts'
import type { AdminRouter } from './router.ts'

/** Everything a screen may use, made once in main.tsx. */
export interface AdminParts {
  readonly api: AdminApi
  readonly session: Session
  readonly router: AdminRouter
  readonly language: LanguageStore
  readonly toasts: Toasts
  readonly confirmer: Confirmer
}

export const AdminContext = createContext<AdminParts | null>(null)

/** The parts of the page. Throws outside of `<App>`. */
export function useAdmin(): AdminParts {
  const parts = useContext(AdminContext)
  if (!parts) throw new Error('used outside of the page')
  return parts
}

export function useLanguage(): Language {
  return useStore(useAdmin().language)
}

/** Texts in the chosen language. */
export function useWords<T>(texts: Bilingual<T>): T {
  return texts[useLanguage()]
}

/** Who is signed in. Only inside of the shell, which shows nothing to anybody else. */
export function useMe(): User {
  const state = useStore(useAdmin().session)
  if (state.is !== 'in') throw new Error('nobody is signed in')
  return state.user
}
