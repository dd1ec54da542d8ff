import { useEffect } from 'preact/hooks'

const SIGNS = ['pointerdown', 'keydown', 'input', 'scroll'] as const

/** Calls `leave` once nobody has touched, typed or scrolled anything for `ms`: a screen must not stand in the queue's way. */
export function useIdle(ms: number, leave: () => void): void {
  useEffect(() => {
    let timer = setTimeout(leave, ms)
    const again = () => {
      clearTimeout(timer)
      timer = setTimeout(leave, ms)
    }
    // Scrolling does not bubble.
    for (const sign of SIGNS) document.addEventListener(sign, again, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      for (const sign of SIGNS) document.removeEventListener(sign, again, { capture: true })
    }
  }, [ms, leave])
}
