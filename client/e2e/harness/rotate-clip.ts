import { readFile, writeFile } from 'node:fs/promises'

/**
 * A copy of a raw mjpeg clip that begins elsewhere: cameras are not switched on at a clip's first frame.
 * @param share where to begin, 0..1 of the clip
 */
export async function rotateClip(from: string, to: string, share: number): Promise<void> {
  const bytes = await readFile(from)
  const starts: number[] = []
  // A frame ends with EOI and the next begins with SOI (ITU-T T.81, table B.1); inside a frame 0xff is stuffed.
  for (let at = 0; at >= 0; at = bytes.indexOf(Buffer.from('ffd9ffd8', 'hex'), at)) {
    starts.push(at === 0 ? 0 : at + 2)
    at += 2
  }
  const cut = starts[Math.floor(share * starts.length) % starts.length] ?? 0
  await writeFile(to, Buffer.concat([bytes.subarray(cut), bytes.subarray(0, cut)]))
}
