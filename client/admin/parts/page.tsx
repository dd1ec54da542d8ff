import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useWords } from '../app-context.ts'
import { common } from '../texts.ts'

interface PageProps {
  readonly title: string
  readonly lead?: string
  /** Buttons beside the heading. */
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}

/** A screen of the console: its title names the document, its heading takes the focus when it replaces another. */
export function Page({ title, lead, actions, children }: PageProps) {
  const words = useWords(common)
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    document.title = `${title} · ${words.app}`
  }, [title, words])
  useLayoutEffect(() => {
    if (document.body.dataset.visited === 'yes') heading.current?.focus({ preventScroll: true })
    document.body.dataset.visited = 'yes'
    window.scrollTo(0, 0)
  }, [])
  return (
    <div class="page">
      <header class="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p class="muted">{lead}</p>}
        </div>
        {actions && <div class="row-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}
