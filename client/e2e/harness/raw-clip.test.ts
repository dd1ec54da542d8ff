import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jpeg from 'jpeg-js'
import { afterAll, expect, it } from 'vitest'
import { isHalfColour, playableClip, splitJpegs } from './raw-clip.ts'

const folder = mkdtempSync(join(tmpdir(), 'clip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** jpeg-js writes full colour: just what Chromium's fake camera cannot show. */
const picture = (grey: number) =>
  jpeg.encode({ width: 16, height: 8, data: new Uint8Array(16 * 8 * 4).fill(grey) }, 90).data

it('splits a motion-JPEG file and knows its colour', () => {
  const pictures = splitJpegs(Buffer.concat([picture(20), picture(90), picture(200)]))
  expect(pictures).toHaveLength(3)
  expect(isHalfColour(picture(20))).toBe(false)
})

it('writes what the fake camera cannot show as y4m, and leaves the rest alone', async () => {
  const clip = join(folder, 'full.mjpeg')
  writeFileSync(clip, Buffer.concat([picture(20), picture(200)]))
  const played = await playableClip(clip, folder)
  const bytes = readFileSync(played)
  const header = 'YUV4MPEG2 W16 H8 F30:1 Ip A1:1 C420jpeg\n'
  expect(bytes.subarray(0, header.length).toString()).toBe(header)
  const frame = 16 * 8 + 2 * 8 * 4 + 'FRAME\n'.length
  expect(bytes.length).toBe(header.length + 2 * frame)
  expect(Math.abs((bytes[header.length + 6] ?? 0) - 20)).toBeLessThan(4)
  expect(Math.abs((bytes[header.length + frame + 6] ?? 0) - 200)).toBeLessThan(4)
  expect(await playableClip(played, folder)).toBe(played)
  writeFileSync(clip, 'no picture')
  await expect(playableClip(clip, folder)).rejects.toThrow('no JPEG')
})
