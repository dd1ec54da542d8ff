import { useEffect, useRef } from 'preact/hooks'
import { useLanguage } from '../app-context.ts'
import { formatCount } from '../format.ts'
import { addressOf } from '../router.ts'

interface Tab {
  readonly path: readonly string[]
  readonly text: string
  readonly current: boolean
  /** What waits there; told beside the name when it is any. */
  readonly count?: number
}

/** The views of a part, each with an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const language = useLanguage()
  const bar = useRef<HTMLElement>(null)
  const current = tabs.findIndex((tab) => tab.current)
  const counts = tabs.map(({ count }) => count ?? 0).join()
  // On a phone the row is wider than the screen: the view one is in must be among those that can be seen.
  useEffect(() => {
    const show = () => {
      const [row, tab] = [bar.current, bar.current?.children[current]]
      if (row && tab instanceof HTMLElement) row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2
    }
    // Also when the window becomes narrower.
    const watcher = new ResizeObserver(show)
    if (bar.current) watcher.observe(bar.current)
    return () => watcher.disconnect()
  }, [current, counts])
  return (
    <nav ref={bar} class="tabs" aria-label={label}>
      {tabs.map(({ path, text, current, count = 0 }) => (
        <a key={path.join('/')} href={addressOf(path)} aria-current={current ? 'page' : undefined}>
          {text} {count > 0 && <span class="count">{formatCount(count, language)}</span>}
        </a>
      ))}
    </nav>
  )
}
