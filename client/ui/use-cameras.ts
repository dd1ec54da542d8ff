import { useEffect, useState } from 'preact/hooks'

export interface CameraChoice {
  readonly id: string
  readonly label: string
}

/** The cameras of this device, once one has been allowed (before that, browsers tell neither names nor ids). */
export function useCameras(allowed: boolean): readonly CameraChoice[] {
  const [cameras, setCameras] = useState<readonly CameraChoice[]>([])
  useEffect(() => {
    const devices = navigator.mediaDevices
    if (!allowed || !devices?.enumerateDevices) return
    let current = true
    const read = async () => {
      const all = await devices.enumerateDevices().catch(() => [])
      const found = all.filter((device) => device.kind === 'videoinput' && device.deviceId !== '')
      if (current) setCameras(found.map(({ deviceId, label }) => ({ id: deviceId, label })))
    }
    void read()
    devices.addEventListener?.('devicechange', read)
    return () => {
      current = false
      devices.removeEventListener?.('devicechange', read)
    }
  }, [allowed])
  return cameras
}
