import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

interface NoticeProps {
  readonly kind: 'info' | 'warn' | 'bad'
  readonly title?: string
  readonly children?: ComponentChildren
  /** Read out as soon as it comes. */
  readonly alert?: boolean
}

/** A short message inside a screen. */
export function Notice({ kind, title, children, alert = false }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={alert ? 'alert' : undefined}>
      <Icon name={kind === 'info' ? 'info' : 'warn'} size={22} />
      <div>
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  )
}
