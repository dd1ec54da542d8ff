import { useEffect, useState } from 'preact/hooks'

/** Whether the browser has a network at all, as far as it knows; the component renders again when that changes. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const tell = () => setOnline(navigator.onLine)
    // What changed between the first rendering and now was told to nobody.
    tell()
    addEventListener('online', tell)
    addEventListener('offline', tell)
    return () => {
      removeEventListener('online', tell)
      removeEventListener('offline', tell)
    }
  }, [])
  return online
}
