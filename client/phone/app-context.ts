import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Api } from '../core/api.ts'
import type { Kept } from '../core/kept.ts'
import type { LanguageChoice, Wording } from '../core/language.ts'
import type { Remembered } from '../core/remembered.ts'
import type { Router } from '../core/router.ts'
import type { Session } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import type { Walks } from './walks.ts'

/** Everything a screen may use, made once in main.tsx. */
export interface AppParts {
  readonly api: Api
  readonly session: Session
  readonly router: Router
  readonly language: LanguageChoice
  readonly remembered: Remembered
  readonly kept: Kept
  readonly walks: Walks
}

export const AppContext = createContext<AppParts | null>(null)

/** The parts of the page. Throws outside of `<App>`. */
export function useApp(): AppParts {
  const parts = useContext(AppContext)
  if (!parts) throw new Error('used outside of the page')
  return parts
}

/** The texts of the chosen language; the component renders again when it is switched. */
export function useTexts(): Wording {
  return useStore(useApp().language)
}
