import { useStore } from '../../core/store.ts'
import type { WordingChoice } from '../wording.ts'

const NAMES = [
  ['id', 'Bahasa Indonesia'],
  ['en', 'English'],
] as const

/** Both languages, each by its own name. */
export function LanguageSwitch({ wording }: { wording: WordingChoice }) {
  const { language, texts } = useStore(wording)
  return (
    <fieldset class="choice">
      <legend class="hidden-text">{texts.language}</legend>
      {NAMES.map(([code, name]) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={language === code}
          onClick={() => void wording.choose(code).catch((error: unknown) => console.error(error))}
        >
          {name}
        </button>
      ))}
    </fieldset>
  )
}
