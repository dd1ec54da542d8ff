import type { Language } from '../core/language.ts'
import { useApp, useTexts } from './app-context.ts'
import { NavBar } from './nav-bar.tsx'

const LANGUAGES: readonly { readonly code: Language; readonly name: string }[] = [
  { code: 'id', name: 'Bahasa Indonesia' },
  { code: 'en', name: 'English' },
]

/** The mark of the app: a face's oval with a tick for its mouth. */
export function Mark({ size }: { size: number }) {
  return (
    <svg class="mark" viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <rect class="mark-ground" width="32" height="32" rx="9" />
      <ellipse class="mark-line" cx="16" cy="16" rx="8.2" ry="10.5" />
      <path class="mark-line" d="M12.2 16.3 15 19.3 20 13" />
    </svg>
  )
}

function LanguageSwitch() {
  const { language: store } = useApp()
  const { texts, language } = useTexts()
  return (
    <fieldset class="languages">
      <legend class="hidden-text">{texts.language}</legend>
      {LANGUAGES.map(({ code, name }) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-label={`${code.toUpperCase()}, ${name}`}
          aria-pressed={language === code}
          onClick={() => store.choose(code).catch((error: unknown) => console.error(error))}
        >
          {code.toUpperCase()}
        </button>
      ))}
    </fieldset>
  )
}

/** The app's name, the way between its parts, and the language. Hidden by the camera screen, which has its own bar. */
export function TopBar() {
  const { texts } = useTexts()
  return (
    <header class="top">
      <a class="brand" href="#/" aria-label={texts.app}>
        <Mark size={32} />
        <span>{texts.app}</span>
      </a>
      <NavBar />
      <LanguageSwitch />
    </header>
  )
}
