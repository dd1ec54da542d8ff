import type { ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { toProblem } from '../core/api-problem.ts'
import type { Language } from '../core/language.ts'
import { useStore } from '../core/store.ts'
import { Icon } from '../ui/icon.tsx'
import { useAdmin, useLanguage, useMe, useWords } from './app-context.ts'
import { GROUPS, groupWords, navigationWords, PARTS, type Part } from './navigation.ts'
import { Skeleton } from './parts/data-table.tsx'
import { ProblemLine } from './parts/problem-line.tsx'
import { addressOf } from './router.ts'
import { common } from './texts.ts'

const LANGUAGES: readonly (readonly [Language, string])[] = [
  ['id', 'Bahasa Indonesia'],
  ['en', 'English'],
]

/** Two buttons, one for each language. */
export function LanguageSwitch() {
  const { language: store } = useAdmin()
  const language = useLanguage()
  const words = useWords(common)
  return (
    <fieldset class="languages">
      <legend class="hidden-text">{words.language}</legend>
      {LANGUAGES.map(([code, name]) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === language}
          title={name}
          onClick={() => store.choose(code)}
        >
          {code.toUpperCase()}
        </button>
      ))}
    </fieldset>
  )
}

function PartScreen({ part }: { part: Part }) {
  const words = useWords(common)
  const [screen, setScreen] = useState<{ is: ComponentType } | null>(null)
  const [problem, setProblem] = useState<ReturnType<typeof toProblem> | null>(null)
  useEffect(() => {
    if (part.eager) return
    const load = part.screen as () => Promise<ComponentType>
    load().then(
      (is) => setScreen({ is }),
      (error: unknown) => setProblem(toProblem(error)),
    )
  }, [part])
  if (problem) return <ProblemLine problem={problem} onRetry={() => location.reload()} />
  const Shown = part.eager ? (part.screen as ComponentType) : screen?.is
  return Shown ? <Shown /> : <Skeleton label={words.loading} lines={6} />
}

function Menu({ current, onChosen }: { current: Part | undefined; onChosen: () => void }) {
  const words = useWords(common)
  const names = useWords(navigationWords)
  const groups = useWords(groupWords)
  const { session, router } = useAdmin()
  const me = useMe()
  return (
    <>
      <p class="console-name">
        <Icon name="face" size={28} />
        {words.app}
      </p>
      <nav aria-label={words.nav}>
        {GROUPS.map((group) => (
          <div key={group}>
            <p class="menu-group" id={`menu-${group}`}>
              {groups[group]}
            </p>
            <ul aria-labelledby={`menu-${group}`}>
              {PARTS.filter((part) => (part.group ?? 'daily') === group && part.roles.includes(me.role)).map((part) => (
                <li key={part.name}>
                  <a
                    href={addressOf([part.name])}
                    aria-current={part === current ? 'page' : undefined}
                    data-testid={`nav-${part.name}`}
                    onClick={onChosen}
                  >
                    <Icon name={part.icon} size={20} />
                    {names[part.name]}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div class="who">
        <LanguageSwitch />
        <p>
          <strong>{me.name}</strong>
          <span class="muted">{me.nim}</span>
        </p>
        <button
          type="button"
          class="link"
          data-testid="sign-out"
          onClick={() => router.leave(() => void session.leave())}
        >
          {words.signOut}
        </button>
      </div>
    </>
  )
}

/** Menu and screen: a sidebar where there is room, a drawer where there is none. */
export function Shell() {
  const words = useWords(common)
  const { router } = useAdmin()
  const me = useMe()
  const { path } = useStore(router)
  const [open, setOpen] = useState(false)
  const mine = PARTS.filter(({ roles }) => roles.includes(me.role))
  const part = mine.find(({ name }) => name === path[0]) ?? mine[0]
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpen(false)
      button.current?.focus()
    }
    addEventListener('keydown', close)
    return () => removeEventListener('keydown', close)
  }, [open])
  return (
    <div class={open ? 'shell open' : 'shell'}>
      <button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>('#main h1')?.focus()}>
        {words.skip}
      </button>
      <div class="bar">
        <button
          ref={button}
          type="button"
          class="icon-button"
          aria-expanded={open}
          aria-controls="side"
          aria-label={open ? words.closeMenu : words.menu}
          data-testid="menu"
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'cross' : 'menu'} />
        </button>
        <span>{words.app}</span>
      </div>
      {open && <div class="veil" aria-hidden="true" onClick={() => setOpen(false)} />}
      <aside id="side" aria-label={words.menu}>
        <Menu current={part} onChosen={() => setOpen(false)} />
      </aside>
      <main id="main">{part && <PartScreen key={part.name} part={part} />}</main>
    </div>
  )
}
