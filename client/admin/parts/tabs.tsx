import { addressOf } from '../router.ts'

interface Tab {
  readonly path: readonly string[]
  readonly text: string
  readonly current: boolean
}

/** The views of a part, each with an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ path, text, current }) => (
        <a key={path.join('/')} href={addressOf(path)} aria-current={current ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  )
}
