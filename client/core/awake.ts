/** A screen that may sleep, because the browser took the lock back or refused it, is asked for again this often, ms. */
const AGAIN_MS = 60_000

/**
 * Keeps the screen from sleeping while the page is on view, where the browser can. Never throws.
 * @returns lets it sleep again; idempotent
 */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null
  let [over, asking] = [false, false]
  const letGo = () => {
    void lock?.release().catch(() => undefined)
    lock = null
  }
  const hold = async () => {
    if (over || asking || lock?.released === false || document.visibilityState !== 'visible') return
    asking = true
    try {
      lock = (await navigator.wakeLock?.request('screen')) ?? null
      if (over) letGo()
    } catch {
      // Low battery, or not allowed: the screen sleeps when it wants.
    }
    asking = false
  }
  document.addEventListener('visibilitychange', hold)
  const timer = setInterval(hold, AGAIN_MS)
  void hold()
  return () => {
    over = true
    clearInterval(timer)
    document.removeEventListener('visibilitychange', hold)
    letGo()
  }
}
