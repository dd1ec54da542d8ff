import type { Camera } from '../../../camera/camera-types.ts'
import { openCamera } from '../../../camera/open-camera.ts'
import { openQrReader } from '../../../camera/read-qr.ts'

/** A student's code as her QR says it: six digits and nothing else. */
const CODE = /^\d{6}$/

/**
 * Reads a student's QR code with the camera on the back of this device, or whichever there is.
 * @returns the six digits; the camera is off by then
 * @throws CameraProblem, or the signal's reason
 */
export async function scanCode(options: {
  readonly signal: AbortSignal
  onCamera(camera: Camera): void
  /** A QR code that is no student's. */
  onOther(): void
}): Promise<string> {
  const { signal, onCamera, onOther } = options
  const reader = openQrReader()
  // Told below, where the camera can be turned off again.
  reader.catch(() => undefined)
  const camera = await openCamera({ facing: 'environment', signal })
  try {
    const read = await reader
    signal.throwIfAborted()
    onCamera(camera)
    return await new Promise<string>((resolve, reject) => {
      camera.onLost(() => reject(new Error('lost')))
      signal.addEventListener('abort', () => reject(signal.reason))
      camera.eachFrame(async (image) => {
        const text = await read(image).finally(() => image.close())
        if (text !== null && CODE.test(text)) resolve(text)
        else if (text !== null) onOther()
      })
    })
  } finally {
    camera.stop()
  }
}
