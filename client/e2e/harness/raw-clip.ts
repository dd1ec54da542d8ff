import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { finished } from 'node:stream/promises'
import jpeg from 'jpeg-js'

const START_OF_IMAGE = 0xd8
const END_OF_IMAGE = 0xd9
const FRAMES_A_SECOND = 30

/** The pictures of a motion-JPEG file, one after the other (ITU T.81: from FFD8 to FFD9; entropy data escapes FF). */
export function splitJpegs(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = []
  let start = -1
  for (let i = 0; i + 1 < bytes.length; i += 1) {
    if (bytes[i] !== 0xff) continue
    if (bytes[i + 1] === START_OF_IMAGE && start < 0) start = i
    else if (bytes[i + 1] === END_OF_IMAGE && start >= 0) {
      found.push(bytes.subarray(start, i + 2))
      start = -1
    }
  }
  return found
}

/** Whether a JPEG stores colour at half the height and width (4:2:0), read from its frame header (SOF0 to SOF2). */
export function isHalfColour(picture: Uint8Array): boolean {
  for (let i = 2; i + 9 < picture.length; ) {
    const marker = picture[i + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xc2) return picture[i + 11] === 0x22 && picture[i + 14] === 0x11
    i += 2 + (picture[i + 2] ?? 0) * 256 + (picture[i + 3] ?? 0)
  }
  return false
}

/** One picture as the planes Y, U, V of 4:2:0 (BT.601, full range), chroma from the mean of each 2 x 2 pixels. */
function planesOf(picture: Uint8Array): { width: number; height: number; planes: Uint8Array } {
  const { width, height, data } = jpeg.decode(picture, {
    useTArray: true,
    formatAsRGBA: false,
    maxMemoryUsageInMB: 1024,
  })
  const [halfWidth, halfHeight] = [width >> 1, height >> 1]
  const planes = new Uint8Array(width * height + 2 * halfWidth * halfHeight)
  for (let i = 0; i < width * height; i += 1)
    planes[i] = 0.299 * (data[3 * i] ?? 0) + 0.587 * (data[3 * i + 1] ?? 0) + 0.114 * (data[3 * i + 2] ?? 0)
  const [u, v] = [width * height, width * height + halfWidth * halfHeight]
  for (let y = 0; y < halfHeight; y += 1)
    for (let x = 0; x < halfWidth; x += 1) {
      const corner = 3 * (2 * y * width + 2 * x)
      const mean = (c: number) =>
        [0, 3, 3 * width, 3 * width + 3].reduce((sum, step) => sum + (data[corner + step + c] ?? 0), 0) / 4
      const [r, g, b] = [mean(0), mean(1), mean(2)]
      planes[u + y * halfWidth + x] = 128 - 0.169 * r - 0.331 * g + 0.5 * b
      planes[v + y * halfWidth + x] = 128 + 0.5 * r - 0.419 * g - 0.081 * b
    }
  return { width, height, planes }
}

/**
 * A clip that Chromium can play as a camera. Its fake camera shows motion-JPEG with full colour (4:4:4) as plain green:
 * such a file is written again as y4m into the folder.
 * @returns the clip's own path where it can be played as it is
 * @throws Error when a motion-JPEG file holds no picture
 */
export async function playableClip(clip: string, folder: string): Promise<string> {
  if (extname(clip).toLowerCase() === '.y4m') return clip
  const pictures = splitJpegs(await readFile(clip))
  const [first] = pictures
  if (!first) throw new Error(`${clip}: no JPEG picture in it`)
  if (isHalfColour(first)) return clip
  const path = join(folder, 'camera.y4m')
  const out = createWriteStream(path)
  for (const [i, picture] of pictures.entries()) {
    const { width, height, planes } = planesOf(picture)
    if (i === 0) out.write(`YUV4MPEG2 W${width} H${height} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`)
    out.write('FRAME\n')
    out.write(planes)
  }
  out.end()
  await finished(out)
  return path
}
