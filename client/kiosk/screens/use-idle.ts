import { useEffect, useRef } from 'preact/hooks'

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

/** Calls `leave` once `isOver`, unless somebody has touched, typed or scrolled anything since the screen came. */
export function useUntouched(isOver: boolean, leave: () => void): void {
  const touched = useRef(false)
  useEffect(() => {
    const touch = () => {
      touched.current = true
    }
    for (const sign of SIGNS) document.addEventListener(sign, touch, { capture: true, passive: true })
    return () => {
      for (const sign of SIGNS) document.removeEventListener(sign, touch, { capture: true })
    }
  }, [])
  useEffect(() => {
    if (isOver && !touched.current) leave()
  }, [isOver])
}
