import type { Remembered } from './remembered.ts'
import { createStore, type Store } from './store.ts'
import { id, type Texts } from './texts-id.ts'

export type Language = 'id' | 'en'

/** A language and its texts, which are there whenever it is the chosen one. */
export interface Wording {
  readonly language: Language
  readonly texts: Texts
}

export interface LanguageChoice extends Store<Wording> {
  /** Switches once the texts are there. Rejects, and changes nothing, when they cannot be fetched. */
  choose(language: Language): Promise<void>
}

/** The texts of a language. Indonesian is part of the page; others come when they are wanted. */
export async function loadTexts(language: Language): Promise<Texts> {
  return language === 'en' ? (await import('./texts-en.ts')).en : id
}

/** The chosen language; Indonesian until somebody chooses otherwise. The choice outlives the visit. */
export function createLanguage(remembered: Remembered): LanguageChoice {
  const store = createStore<Wording>({ language: 'id', texts: id })
  return {
    ...store,
    async choose(language) {
      store.set({ language, texts: await loadTexts(language) })
      remembered.write('language', language)
    },
  }
}

/** The choice of an earlier visit, Indonesian without one. */
export function rememberedLanguage(remembered: Remembered): Language {
  return remembered.read('language') === 'en' ? 'en' : 'id'
}
