import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

/**
 * Gives the focus to what had it before a dialog that is gone; to the heading where that is gone too (an approved line), and
 * to nothing where it has found another place (a screen that took over).
 */
function giveBack(before: Element | null): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return
  const place = before?.isConnected ? before : document.querySelector('#main h1')
  if (place instanceof HTMLElement) place.focus({ preventScroll: true })
}

/** A dialog with a form or a choice in it: the platform's own, which holds the focus. */
export function Modal(props: {
  readonly title: string
  readonly wide?: boolean
  /** Asked in the midst of another dialog, which is not shown meanwhile. */
  readonly alone?: boolean
  readonly onClose: () => void
  readonly children: ComponentChildren
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    // A dialog that is taken out of the page, unlike one that is closed, gives nothing back by itself.
    return () => {
      setTimeout(() => giveBack(before))
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      class={props.alone ? 'alone' : props.wide ? 'wide' : undefined}
      aria-labelledby={id}
      onClose={props.onClose}
    >
      <div>
        <h2 id={id}>{props.title}</h2>
        {props.children}
      </div>
    </dialog>
  )
}
