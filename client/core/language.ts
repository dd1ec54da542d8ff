import type { Remembered } from './remembered.ts'
import { createStore, type Store } from './store.ts'
import { en } from './texts-en.ts'
import { id, type Texts } from './texts-id.ts'

export type Language = 'id' | 'en'

const TEXTS: Readonly<Record<Language, Texts>> = { id, en }

export function textsOf(language: Language): Texts {
  return TEXTS[language]
}

/** The chosen language; Indonesian until somebody chooses otherwise. The choice outlives the visit. */
export function createLanguage(remembered: Remembered): Store<Language> {
  const store = createStore<Language>(remembered.read('language') === 'en' ? 'en' : 'id')
  return {
    ...store,
    set(language) {
      remembered.write('language', language)
      store.set(language)
    },
  }
}
