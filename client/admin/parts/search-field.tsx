import { useEffect, useState } from 'preact/hooks'
import { useAdmin } from '../app-context.ts'
import { Input } from './inputs.tsx'

/** Milliseconds after the last key until the list is asked for. */
const PAUSE_MS = 150

/** A search that is kept in the address as `search`; the list begins anew with it. */
export function SearchField({ label, value }: { label: string; value: string }) {
  const { router } = useAdmin()
  const [text, setText] = useState(value)
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => router.filter({ search: text.trim(), offset: '' }), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, value, router])
  return <Input label={label} type="search" value={text} onChange={setText} testId="search" />
}
