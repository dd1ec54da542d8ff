import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { type Lab, openLab } from './face-lab/open-lab.ts'

const root = fileURLToPath(new URL('./face-lab/camera/', import.meta.url))
const FAKE = '--use-fake-device-for-media-stream'

describe('the camera', () => {
  let lab: Lab | null = null
  const open = async (camera: boolean, ...args: string[]) => {
    lab = await openLab({ root, args, camera, ready: 'cameraLab' })
    return lab.page
  }
  afterEach(async () => {
    await lab?.close()
    lab = null
  })

  it('gives frames one at a time, each with the time it was taken', async () => {
    const page = await open(true, FAKE)
    const opened = await page.evaluate(() => window.cameraLab!.open())
    expect(opened).toMatchObject({ width: 640, height: 480, label: expect.stringContaining('fake') })

    const free = await page.evaluate(() => window.cameraLab!.frames(2000, 0))
    expect(free.times.length).toBeGreaterThan(15)
    const slow = await page.evaluate(() => window.cameraLab!.frames(2000, 120))
    expect(slow.most).toBe(1)
    expect(slow.after).toBe(0)
    for (const { times, clock } of [free, slow]) {
      const gaps = times.slice(1).map((at, i) => at - times[i]!)
      expect(Math.min(...gaps)).toBeGreaterThan(0)
      expect(clock - times.at(-1)!).toBeGreaterThan(0)
      expect(clock - times.at(-1)!).toBeLessThan(2000)
    }
    expect(lab?.strayed).toEqual([])
  })

  it('opens the camera that is wished for, in one request', async () => {
    const page = await open(true, `${FAKE}=device-count=2`)
    const cameras = await page.evaluate(async () => {
      await window.cameraLab!.open()
      return window.cameraLab!.list()
    })
    expect(cameras).toHaveLength(2)
    for (const { deviceId } of cameras) {
      expect(await page.evaluate((id) => window.cameraLab!.open(id), deviceId)).toMatchObject({ deviceId })
    }
    expect(await page.evaluate(() => window.cameraLab!.asked())).toHaveLength(3)
  })

  it('does without a camera that is gone, in one request', async () => {
    const page = await open(true, FAKE)
    expect(await page.evaluate(() => window.cameraLab!.open('unplugged'))).toMatchObject({ width: 640 })
    expect(await page.evaluate(() => window.cameraLab!.asked())).toHaveLength(1)
  })

  it('tells once when it is lost, and stops for good', async () => {
    const page = await open(true, FAKE)
    await page.evaluate(() => window.cameraLab!.open())
    expect(await page.evaluate(() => window.cameraLab!.lose())).toBe(11)
    expect(await page.evaluate(() => window.cameraLab!.stop())).toEqual(['ended'])
  })

  it('keeps the screen awake for as long as it is open', async () => {
    const page = await open(true, FAKE)
    const held = await page.evaluate(async () => {
      let locks = 0
      const release = async () => {
        locks -= 1
      }
      const request = async () => {
        locks += 1
        return { release }
      }
      Object.defineProperty(navigator, 'wakeLock', { value: { request } })
      const settled = () => new Promise((resolve) => setTimeout(resolve))
      await window.cameraLab!.open()
      await settled()
      const open = locks
      window.cameraLab!.stop()
      await settled()
      return [open, locks]
    })
    expect(held).toEqual([1, 0])
  })

  it('tells a loss that came while it was being opened', async () => {
    const page = await open(true, FAKE)
    expect(await page.evaluate(() => window.cameraLab!.openLosing())).toBe(true)
  })

  it('tells when no new picture comes any more', async () => {
    const page = await open(true, FAKE)
    await page.evaluate(() => window.cameraLab!.open())
    expect(await page.evaluate(() => window.cameraLab!.standStill(1500))).toBe(false)
    expect(await page.evaluate(() => window.cameraLab!.standStill(30_000))).toBe(true)
  })

  it('is not lost because its picture is taken off the page for a while', async () => {
    const page = await open(true, FAKE)
    await page.evaluate(() => window.cameraLab!.open())
    expect(await page.evaluate(() => window.cameraLab!.takeOff(8000))).toBe(false)
    expect(await page.evaluate(() => window.cameraLab!.standStill(30_000))).toBe(true)
  })

  it('says why there is no picture: none, denied', async () => {
    const none = await open(true)
    expect(await none.evaluate(() => window.cameraLab!.open())).toEqual({ trouble: 'none' })
    await lab?.close()
    const denied = await open(false, FAKE, '--deny-permission-prompts')
    expect(await denied.evaluate(() => window.cameraLab!.open())).toEqual({ trouble: 'denied' })
  })

  it('knows an insecure address', async () => {
    lab = await openLab({
      root,
      args: ['--host-resolver-rules=MAP school.test 127.0.0.1'],
      ready: 'cameraLab',
      host: 'school.test',
    })
    expect(await lab.page.evaluate(() => window.cameraLab!.open())).toEqual({ trouble: 'insecure' })
  })
})
