import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** A screen with a heading that takes the focus when it comes. `over`: it lies over the door. */
export function Sheet(props: {
  readonly title: string
  readonly over?: boolean
  readonly testId: string
  readonly class?: string
  readonly children: ComponentChildren
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const classes = ['sheet', props.over ? 'over' : '', props.class ?? ''].filter(Boolean).join(' ')
  return (
    <section class={classes} data-testid={props.testId}>
      <h1 ref={heading} tabIndex={-1}>
        {props.title}
      </h1>
      {props.children}
    </section>
  )
}
