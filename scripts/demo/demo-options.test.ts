import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDemoOptions, UsageProblem } from './demo-options.ts'

let folder: string
let clip: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-options-'))
  clip = join(folder, 'clip.MJPEG')
  writeFileSync(clip, '')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('readDemoOptions', () => {
  it('without flags: the puppet, every challenge, guided poses', () => {
    expect(readDemoOptions([])).toEqual({ enrol: null, checkIn: null, challenges: null, anyPose: false, json: false })
  })

  it('reads all flags', () => {
    const other = join(folder, 'other.webm')
    writeFileSync(other, '')
    const args = ['--enrol', clip, '--check-in', other, '--challenges', 'blink, smile', '--poses', 'any', '--json']
    expect(readDemoOptions(args)).toEqual({
      enrol: clip,
      checkIn: other,
      challenges: ['blink', 'smile'],
      anyPose: true,
      json: true,
    })
  })

  it('takes one clip for both walks', () => {
    expect(readDemoOptions(['--check-in', clip])).toMatchObject({ enrol: clip, checkIn: clip })
    expect(readDemoOptions(['--enrol', clip])).toMatchObject({ enrol: clip, checkIn: clip })
  })

  it.each([
    [['--enrol', 'nowhere.mjpeg'], /--enrol: no such file/],
    [['--check-in', 'package.json'], /--check-in: a clip is mjpeg, y4m, webm or mp4/],
    [['--challenges', 'blink,wave'], /--challenges: not one of .*: wave/],
    [['--poses', 'front'], /--poses: only "any"/],
    [['--clip'], /--clip/],
    [['--enrol'], /--enrol/],
  ])('says what is wrong with %j, and how it is used', (args, message) => {
    expect(() => readDemoOptions(args)).toThrow(UsageProblem)
    expect(() => readDemoOptions(args)).toThrow(message)
    expect(() => readDemoOptions(args)).toThrow(/npm run demo/)
  })
})
