/** Keeps the screen from sleeping while the page is shown, where the browser can. Never throws. */
export function stayAwake(): void {
  const hold = async () => {
    if (document.visibilityState !== 'visible') return
    try {
      await navigator.wakeLock?.request('screen')
    } catch {
      // Low battery, or not allowed: the screen sleeps when it wants.
    }
  }
  document.addEventListener('visibilitychange', () => void hold())
  void hold()
}

/** The whole screen, after a touch; an installed app has it anyway. */
export function fillScreen(): void {
  if (document.fullscreenElement === null) void document.documentElement.requestFullscreen?.().catch(() => undefined)
}

/** Leaves the whole screen. */
export function leaveScreen(): void {
  if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined)
}
