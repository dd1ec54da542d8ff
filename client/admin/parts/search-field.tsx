import { useEffect, useRef, useState } from 'preact/hooks'
import { useAdmin } from '../app-context.ts'
import { Input } from './inputs.tsx'

/** Milliseconds after a key until the list is asked for: none, unless the key before it came so shortly ago. */
const PAUSE_MS = 40

/** A search that is kept in the address as `search`; the list begins anew with it. */
export function SearchField({ label, value }: { label: string; value: string }) {
  const { router } = useAdmin()
  const [text, setText] = useState(value)
  const typed = useRef(0)
  /** What the address holds by this field's doing. */
  const asked = useRef(value)
  useEffect(() => {
    // Somebody else has changed or taken away the search.
    if (value !== asked.current) {
      asked.current = value
      setText(value)
      return
    }
    if (text.trim() === value) return
    const ask = () => {
      asked.current = text.trim()
      router.filter({ search: asked.current, offset: '' })
    }
    const isBurst = performance.now() - typed.current < PAUSE_MS
    typed.current = performance.now()
    if (!isBurst) {
      ask()
      return
    }
    const timer = setTimeout(ask, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, value, router])
  return <Input label={label} type="search" value={text} onChange={setText} testId="search" />
}
