import { useLayoutEffect } from 'preact/hooks'
import { useAdmin } from '../app-context.ts'

/** While something is unsaved: whoever leaves the screen is asked by the console, whoever closes the page by the browser. */
export function useUnsaved(isUnsaved: boolean): void {
  const { router } = useAdmin()
  useLayoutEffect(() => {
    if (!isUnsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    router.hold(true)
    addEventListener('beforeunload', ask)
    return () => {
      router.hold(false)
      removeEventListener('beforeunload', ask)
    }
  }, [isUnsaved, router])
}
