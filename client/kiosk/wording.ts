import type { Language } from '../core/language.ts'
import { createStore, type Store } from '../core/store.ts'
import { keep, readKept } from './kept.ts'
import { id, type Texts } from './texts-id.ts'

/** A language and its texts. */
export interface Wording {
  readonly language: Language
  readonly texts: Texts
}

export interface WordingChoice extends Store<Wording> {
  /** Switches once the texts are there; keeps the old ones when they cannot be fetched. */
  choose(language: Language): Promise<void>
}

/** The kiosk's language: Indonesian until somebody chose otherwise. */
export function createWording(): WordingChoice {
  const store = createStore<Wording>({ language: 'id', texts: id })
  return {
    ...store,
    async choose(language) {
      const texts = language === 'en' ? (await import('./texts-en.ts')).en : id
      store.set({ language, texts })
      keep('language', language)
      document.documentElement.lang = language
    },
  }
}

export const keptLanguage = (): Language => (readKept('language') === 'en' ? 'en' : 'id')
