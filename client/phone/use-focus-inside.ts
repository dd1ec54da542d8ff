import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

const CONTROLS = 'input, select, textarea, button, a[href]'

/**
 * Where a button is replaced by what it opened, or that by the button again, the focus goes to the first control of what came:
 * it would else be lost with what went.
 * @param shown what is there now; nothing happens until it changes
 * @returns for the element in which both come and go
 */
export function useFocusInside<E extends HTMLElement>(shown: unknown): RefObject<E | null> {
  const place = useRef<E>(null)
  const last = useRef(shown)
  useEffect(() => {
    if (last.current !== shown) place.current?.querySelector<HTMLElement>(CONTROLS)?.focus()
    last.current = shown
  }, [shown])
  return place
}
