const KEY = 'camera.device-id'

/** The camera that worked last time, or null. Storage may be closed. */
export function recallCamera(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** Keeps a camera that gave a picture, for the next visit. */
export function rememberCamera(deviceId: string): void {
  try {
    localStorage.setItem(KEY, deviceId)
  } catch {
    // Without storage the browser's own choice stands again next time.
  }
}
