import { type Picture, sizeOf } from './picture.ts'

/** The text of the QR code in a picture, or null. The picture stays the caller's. */
export type ReadQr = (picture: Picture) => Promise<string | null>

/** The Barcode Detection API (WICG), as far as it is used here. */
interface Detector {
  detect(picture: Picture): Promise<readonly { readonly rawValue: string }[]>
}
interface DetectorClass {
  new (options: { formats: readonly string[] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

/** The longer side a picture is read at, pixels: a code that fills a third of it has some 8 pixels a module. */
const READ_SIZE = 640

async function openOwn(): Promise<ReadQr | null> {
  const found = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  const formats = (await found?.getSupportedFormats().catch(() => [])) ?? []
  if (!found || !formats.includes('qr_code')) return null
  const detector = new found({ formats: ['qr_code'] })
  return async (picture) => (await detector.detect(picture).catch(() => []))[0]?.rawValue ?? null
}

async function openDecoder(): Promise<ReadQr> {
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (picture) => {
    const { width, height } = sizeOf(picture)
    const scale = Math.min(1, READ_SIZE / Math.max(width, height))
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    context?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const image = context?.getImageData(0, 0, canvas.width, canvas.height)
    try {
      return image ? decodeQR(image) : null
    } catch {
      // No code in this picture, or only a part of one: the next may have it.
      return null
    }
  }
}

/** A reader of QR codes: the browser's own where it has one, else one that is fetched now. */
export const openQrReader = async (): Promise<ReadQr> => (await openOwn()) ?? openDecoder()
