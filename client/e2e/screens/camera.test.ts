import { describe, expect, it } from 'vitest'
import type { WalkState } from '../../check-in/walk-state.ts'
import { morning } from './answers.ts'
import { asking, show, startCamera } from './scene-kit.ts'
import { useStage } from './use-stage.ts'

const visit = useStage()

describe('the camera screen', () => {
  it('keeps its oval and every row where they are, whatever the stage', async () => {
    const page = await visit(morning, '#/check-in')
    await startCamera(page)
    const stages: WalkState[] = [
      { stage: 'loading', progress: { loaded: 1, total: 9_000_000 } },
      { stage: 'permission' },
      { stage: 'settling', hint: 'no_face', ring: 0 },
      { stage: 'settling', hint: null, ring: 0.1 },
      asking('blink'),
      asking('turn-left', { attempt: 3, hint: 'one_face_only' }),
      asking(null),
      { stage: 'sealing' },
      { stage: 'sending' },
    ]
    const places = new Set<string>()
    for (const state of stages) {
      await show(page, state)
      await page.locator(`[data-stage=${state.stage}]`).waitFor()
      places.add(JSON.stringify(await page.locator('.oval').boundingBox()))
    }
    expect(places.size).toBe(1)
  })

  it('says prompt and hint to a screen reader, and the stage to a test', async () => {
    const page = await visit(morning, '#/check-in')
    await startCamera(page)
    await show(page, asking('turn-left', { hint: 'closer' }))
    const view = page.getByTestId('camera-view')
    await page.locator('[data-prompt=turn-left]').waitFor()
    expect(await view.locator('[aria-live=assertive]').textContent()).toBe('Tengok ke kiri')
    expect(await view.locator('[aria-live=polite]').textContent()).toBe('Lebih dekat')
    expect(await view.locator('[role=progressbar]').getAttribute('aria-valuenow')).toBe('42')
    expect(await page.locator('video').count()).toBe(1)
    await show(page, asking(null))
    await page.locator('[data-prompt=""]').waitFor()
    const order = view.locator('[aria-live=assertive]')
    expect(await order.textContent()).toBe('Lihat lurus ke kamera')
    await show(page, asking(null, { praise: true, hint: 'look_straight' }))
    await order.getByText('Bagus!').waitFor()
    expect(await view.locator('[aria-live=polite]').textContent()).toBe('Lihat lurus ke kamera')
  })

  it('is left by "cancel" and by the way back: the walk is cancelled', async () => {
    const page = await visit(morning)
    await page.getByTestId('check-in').click()
    await startCamera(page)
    await page.getByTestId('cancel').click()
    await page.getByTestId('start-camera').waitFor()
    expect(await page.evaluate(() => stage.calls)).toEqual(['start', 'cancel'])
    await page.getByTestId('start-camera').click()
    await page.waitForFunction(() => stage.calls.length === 3)
    await page.goBack()
    await page.getByTestId('check-in').waitFor()
    expect(await page.evaluate(() => stage.calls)).toEqual(['start', 'cancel', 'start', 'cancel'])
  })

  it('offers a choice of cameras only where there is one, and remembers it', async () => {
    const page = await visit(morning, '#/check-in')
    await page.evaluate(() => {
      const device = (deviceId: string, label: string) => ({ deviceId, label, kind: 'videoinput', groupId: '' })
      navigator.mediaDevices.enumerateDevices = async () =>
        [device('front', 'Depan'), device('infrared', 'Inframerah')] as MediaDeviceInfo[]
    })
    await startCamera(page)
    await show(page, { stage: 'settling', hint: null, ring: 0 })
    expect(await page.locator('select').inputValue()).toBe('front')
    await page.locator('select').selectOption('infrared')
    await page.waitForFunction(() => stage.calls.length === 3)
    expect(await page.evaluate(() => [stage.calls, stage.cameraId, localStorage.getItem('absensi.camera')])).toEqual([
      ['start', 'cancel', 'start'],
      'infrared',
      'front',
    ])
  })

  it('stands still where motion is unwanted', async () => {
    const page = await visit(morning, '#/check-in', { reducedMotion: 'reduce' })
    await startCamera(page)
    await show(page, asking('turn-left'))
    await page.locator('[data-prompt=turn-left]').waitFor()
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  })
})
