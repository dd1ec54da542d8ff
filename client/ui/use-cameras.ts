import { useEffect, useState } from 'preact/hooks'
import { type CameraChoice, listCameras } from '../camera/list-cameras.ts'

/** The cameras of this device, once one has been allowed; follows what is plugged in and out. */
export function useCameras(allowed: boolean): readonly CameraChoice[] {
  const [cameras, setCameras] = useState<readonly CameraChoice[]>([])
  useEffect(() => {
    if (!allowed) return
    let current = true
    const read = () => {
      listCameras().then(
        (found) => current && setCameras(found),
        () => undefined,
      )
    }
    read()
    navigator.mediaDevices?.addEventListener?.('devicechange', read)
    return () => {
      current = false
      navigator.mediaDevices?.removeEventListener?.('devicechange', read)
    }
  }, [allowed])
  return cameras
}
