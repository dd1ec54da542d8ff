import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

interface ConfirmDialogProps {
  readonly open: boolean
  readonly title: string
  readonly body: string
  /** Escape, or the platform's own way of closing. */
  readonly onClose: () => void
  /** The buttons; the last is the way back, and has the focus at first: two presses of Enter lose nothing. */
  readonly children: ComponentChildren
}

/** The platform's modal `<dialog>`: it holds the focus, makes the rest inert and gives the focus back. */
export function ConfirmDialog({ open, title, body, onClose, children }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return dialog.current?.close()
    dialog.current?.showModal()
    dialog.current?.querySelector<HTMLElement>('.actions > :last-child')?.focus()
  }, [open])
  return (
    <dialog ref={dialog} aria-labelledby={`${id}-title`} aria-describedby={`${id}-body`} onClose={onClose}>
      <div>
        <h2 id={`${id}-title`}>{title}</h2>
        <p id={`${id}-body`}>{body}</p>
        <div class="actions">{children}</div>
      </div>
    </dialog>
  )
}
