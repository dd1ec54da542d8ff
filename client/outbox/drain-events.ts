import type { DrainLoop } from './drain-loop.ts'

/** The tag of Background Sync; when it fires, the service worker tells open kiosks `{ type: 'drain' }`, or drains itself. */
export const SYNC_TAG = 'absensi-outbox'

/** Drains on start, when the network or the page comes back, and when the service worker says so. @returns undoes it */
export function listenForDrain(loop: DrainLoop): () => void {
  const onVisible = () => {
    if (document.visibilityState === 'visible') loop.nudge()
  }
  const onMessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'drain') loop.nudge()
  }
  window.addEventListener('online', loop.nudge)
  document.addEventListener('visibilitychange', onVisible)
  navigator.serviceWorker?.addEventListener('message', onMessage)
  loop.nudge()
  return () => {
    window.removeEventListener('online', loop.nudge)
    document.removeEventListener('visibilitychange', onVisible)
    navigator.serviceWorker?.removeEventListener('message', onMessage)
    loop.stop()
  }
}

/** Asks for Background Sync after an append, where the browser has it. Never throws. */
export async function askForSync(): Promise<boolean> {
  try {
    const registration = await navigator.serviceWorker?.getRegistration()
    // Not in TypeScript's DOM: Chromium only.
    const { sync } = (registration ?? {}) as { sync?: { register(tag: string): Promise<void> } }
    await sync?.register(SYNC_TAG)
    return sync !== undefined
  } catch {
    return false
  }
}
