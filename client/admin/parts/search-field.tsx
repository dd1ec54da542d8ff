import { useEffect, useRef, useState } from 'preact/hooks'
import { useAdmin } from '../app-context.ts'
import { Input } from './inputs.tsx'
import { PAUSE_MS, TYPING_MS } from './use-settled.ts'

/** A search that is kept in the address as `search`; the list begins anew with it. */
export function SearchField({ label, value }: { label: string; value: string }) {
  const { router } = useAdmin()
  const [text, setText] = useState(value)
  const typed = useRef(Number.NEGATIVE_INFINITY)
  /** What the address holds by this field's doing. */
  const asked = useRef(value)
  useEffect(() => {
    const search = () => router.get().filters.search ?? ''
    // Somebody else has changed the search, or taken it away.
    if (search() !== asked.current) {
      asked.current = search()
      setText(asked.current)
      return
    }
    if (text.trim() === asked.current) return
    const ask = () => {
      if (search() !== asked.current) return
      asked.current = text.trim()
      router.filter({ search: asked.current, offset: '' })
    }
    const isBurst = performance.now() - typed.current < TYPING_MS
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
