import type { Language } from '../core/language.ts'
import type { Remembered } from '../core/remembered.ts'
import { createStore, type Store } from '../core/store.ts'

/** The same texts in both languages: English has every key Indonesian has, or it does not compile. */
export interface Bilingual<T> {
  readonly id: T
  readonly en: T
}

/** States a screen's texts. */
export const bilingual = <T>(id: T, en: NoInfer<T>): Bilingual<T> => ({ id, en })

export interface LanguageStore extends Store<Language> {
  choose(language: Language): void
}

/** The chosen language, shared with the student's page; Indonesian until somebody chooses otherwise. */
export function createLanguageStore(remembered: Remembered): LanguageStore {
  const store = createStore<Language>(remembered.read('language') === 'en' ? 'en' : 'id')
  return {
    ...store,
    choose(language) {
      remembered.write('language', language)
      store.set(language)
    },
  }
}

/** A count and its English noun: "1 row", "2 rows". `n` may be written for people already. */
export const many = (n: number | string, one: string, more = `${one}s`): string =>
  `${n} ${String(n) === '1' ? one : more}`
