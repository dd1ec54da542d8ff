import type { ComponentChildren } from 'preact'

export interface ButtonProps {
  readonly children: ComponentChildren
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly large?: boolean
  readonly wide?: boolean
  readonly type?: 'button' | 'submit'
  /** Under way: shows a spinner and lets no second press through. */
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly testId?: string
  readonly label?: string
  readonly onPress?: () => void
}

/**
 * A button of at least 44 px. A disabled or busy one keeps the focus (`aria-disabled`), so that a keyboard does not
 * lose its place when the work it started ends.
 */
export function Button(props: ButtonProps) {
  const { kind = 'plain', type = 'button', busy = false, disabled = false } = props
  const off = busy || disabled
  const classes = ['button', kind, props.large ? 'large' : '', props.wide ? 'wide' : ''].filter(Boolean).join(' ')
  return (
    <button
      type={type}
      class={classes}
      aria-disabled={off ? 'true' : undefined}
      aria-label={props.label}
      data-testid={props.testId}
      onClick={(event) => {
        if (off) event.preventDefault()
        else props.onPress?.()
      }}
    >
      {busy && <span class="spinner" aria-hidden="true" />}
      {props.children}
    </button>
  )
}
