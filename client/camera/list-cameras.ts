/** A camera a person may pick. */
export interface CameraChoice {
  readonly deviceId: string
  readonly label: string
}

/**
 * The cameras there are, for a picker. Browsers tell names and ids only once a camera has been allowed: before that the
 * list is empty.
 */
export async function listCameras(): Promise<CameraChoice[]> {
  if (!navigator.mediaDevices) return []
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ deviceId, label }))
}
