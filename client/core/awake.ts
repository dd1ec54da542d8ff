/**
 * Keeps the screen from sleeping while the page is on view, where the browser can. Never throws.
 * @returns lets it sleep again; idempotent
 */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null
  let over = false
  const letGo = () => {
    void lock?.release().catch(() => undefined)
    lock = null
  }
  const hold = async () => {
    if (over || document.visibilityState !== 'visible') return
    try {
      lock = (await navigator.wakeLock?.request('screen')) ?? null
      if (over) letGo()
    } catch {
      // Low battery, or not allowed: the screen sleeps when it wants.
    }
  }
  // The browser takes a lock back when the page goes out of view.
  document.addEventListener('visibilitychange', hold)
  void hold()
  return () => {
    over = true
    document.removeEventListener('visibilitychange', hold)
    letGo()
  }
}
