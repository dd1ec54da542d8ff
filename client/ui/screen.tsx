import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

interface ScreenProps {
  /** The heading, and the document's title before the app's name. */
  readonly title: string
  readonly app: string
  /** Shown above the heading, e.g. the way back. */
  readonly before?: ComponentChildren
  /** The heading is for screen readers only: the screen's own drawing says it. */
  readonly quietTitle?: boolean
  readonly class?: string
  readonly children: ComponentChildren
}

/** A screen: its title names the document, its heading takes the focus when the screen replaces another. */
export function Screen({ title, app, before, quietTitle = false, class: extra = '', children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    document.title = `${title} · ${app}`
  }, [title, app])
  useLayoutEffect(() => {
    const element = heading.current
    // The very first screen of a visit leaves the focus where the browser put it.
    if (element && document.body.dataset.visited === 'yes') {
      element.focus({ preventScroll: true })
      window.scrollTo(0, 0)
    }
    document.body.dataset.visited = 'yes'
  }, [])
  return (
    <div class={`screen ${extra}`}>
      {before}
      <h1 ref={heading} tabIndex={-1} class={quietTitle ? 'hidden-text' : undefined}>
        {title}
      </h1>
      {children}
    </div>
  )
}
