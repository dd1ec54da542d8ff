import { useEffect, useRef, useState } from 'preact/hooks'

/** A key that comes so shortly after the one before it belongs to a word that is being typed, ms. */
export const TYPING_MS = 300
/** What was typed is asked for once nothing more came for so long, ms. */
export const PAUSE_MS = 150

/** A text that is typed, for asking: the first key at once, those of a word that is being typed when they pause. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  const typed = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    if (text === settled) return
    const isTyping = performance.now() - typed.current < TYPING_MS
    typed.current = performance.now()
    if (!isTyping) return setSettled(text)
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
