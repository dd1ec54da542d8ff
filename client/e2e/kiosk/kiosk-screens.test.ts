import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findViolations } from '../screens/find-violations.ts'
import { openStage, type StageBrowser, type StagePage } from '../screens/open-stage.ts'
import { KIOSK_SCENES, MORNING } from './kiosk-scenes.ts'
import { callsOf, openDoor, showScene, speak } from './use-kiosk-stage.ts'

const PIN = { kind: 'pin', opens: 'settings', problem: null, tries: 0 } as const

let browser: StageBrowser
let opened: StagePage
let page: Page
beforeAll(async () => {
  browser = await openStage('kiosk')
  opened = await browser.open({}, '', { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  page = opened.page
  await openDoor(page)
})
afterAll(() => browser?.close())

const sideways = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)

it('every screen has what it promises, nothing for axe to find, and fits a wall, a tablet and a phone', async () => {
  const found: string[] = []
  for (const { name, view, status, shows } of KIOSK_SCENES) {
    await showScene(page, view, status)
    await page.locator(shows).first().waitFor()
    // The troubles are one screen with other words.
    const same = view.kind === 'result' && !('time' in view.result) && view.result.kind !== 'unknown'
    if (!same) for (const violation of await findViolations(page)) found.push(`${name}: ${violation}`)
    for (const [width, height] of [
      [390, 844],
      [820, 1180],
      [1280, 800],
    ] as const) {
      await page.setViewportSize({ width, height })
      if (await sideways()) found.push(`${name}: too wide at ${width}`)
    }
  }
  expect(found).toEqual([])
})

it('tells whoever only looks at it the time, the place, the session, how it is, and what a teacher has to see', async () => {
  const late = [{ date: '2026-11-22', recorded: 31, already: 2, needTeacher: 3, notLive: 1 }]
  await showScene(page, { kind: 'idle', hint: null, claim: null }, { ...MORNING, late })
  const door = page.getByTestId('camera-view')
  expect(await door.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0)
  const read = async () => ((await door.locator('.side').textContent()) ?? '').replaceAll(/\s+/g, ' ')
  for (const words of [
    ...['SMA Negeri 1 Sukamaju', 'Ruang 12', '06.58', 'Senin, 23 November 2026', 'Masuk, sampai 08.00', 'X-1, X-2'],
    ...['Tersambung', '0 menunggu kirim', '216 tiket'],
  ])
    expect(await read()).toContain(words)
  expect(await read()).toContain('3 perlu guru (kemarin)')
  await showScene(page, { kind: 'idle', hint: null, claim: null }, { online: false, queue: 2, clockKnown: false })
  for (const words of ['Tanpa jaringan', '2 menunggu kirim']) expect(await read()).toContain(words)
})

it('says aloud what is asked and what came of it, in the chosen language', async () => {
  const said = page.locator('main > [aria-live="assertive"]')
  const recorded = KIOSK_SCENES.find(({ name }) => name === 'result-recorded')
  if (recorded) await showScene(page, recorded.view)
  expect(await said.textContent()).toBe('Tercatat. Ayu Lestari Kusumaningrum. X-1. Hadir, pukul 06.58')
  await speak(page, 'en')
  expect(await said.textContent()).toBe('Recorded. Ayu Lestari Kusumaningrum. X-1. Present, at 06:58')
  await speak(page, 'id')
  await showScene(page, { kind: 'nim' })
  await showScene(page, { kind: 'idle', hint: null, claim: null }, MORNING)
  expect(await said.textContent()).toBe('Layar ditutup. Lihat ke kamera.')
})

it('works by keyboard: a code however it is typed, a NIM, a name, the PIN', async () => {
  await showScene(page, { kind: 'code', busy: false, problem: null })
  await page.locator('[name="code"]').pressSequentially('ab cde-fgh1o')
  expect(await page.locator('[name="code"]').inputValue()).toBe('ABCDE-FGH1O')
  await page.keyboard.press('Enter')
  await showScene(page, { kind: 'idle', hint: null, claim: null }, MORNING)
  await page.getByTestId('use-nim').focus()
  await page.keyboard.press('Enter')
  await showScene(page, { kind: 'nim' })
  await page.locator('[name="nim"]').fill('23-0')
  await page.getByRole('button', { name: '7' }).click()
  await page.locator('[name="nim"]').press('Enter')
  await showScene(page, { kind: 'pick' })
  await page.getByRole('button', { name: 'X-2' }).press('Enter')
  expect(await page.locator(':focus').textContent()).toContain('X-2')
  await page.locator('[data-nim="2303"]').press('Enter')
  await showScene(page, PIN)
  await page.keyboard.type('2468')
  await page.keyboard.press('Enter')
  expect(await callsOf(page)).toEqual([
    'pair "ABCDE-FGH10"',
    'typeNim',
    'claim {"nim":"23-07","name":null,"kelas":null}',
    'claim {"nim":"2303","name":"Citra Dewi Anggraini","kelas":"X-1"}',
    'tryPin "2468"',
  ])
})

it('keeps what somebody types under the result of the one before', async () => {
  await showScene(page, { kind: 'nim' })
  await page.locator('[name="nim"]').fill('23')
  const recorded = KIOSK_SCENES.find(({ name }) => name === 'result-recorded')
  if (recorded?.view.kind !== 'result') throw new Error('no such scene')
  await showScene(page, { ...recorded.view, behind: { kind: 'nim' } })
  await page.getByTestId('result').waitFor()
  await page.keyboard.type('9')
  await showScene(page, { kind: 'nim' })
  await page.keyboard.type('07')
  expect(await page.locator('[name="nim"]').inputValue()).toBe('2307')
})

it('leaves the door free when the network is back and nobody has touched the names that came by themselves', async () => {
  const cancels = async () => (await callsOf(page)).filter((call) => call === 'cancel false').length
  const comes = async () => {
    await showScene(page, { kind: 'idle', hint: null, claim: null }, { online: false })
    await showScene(page, { kind: 'pick', byItself: true })
    await page.locator('.tiles button').first().waitFor()
  }
  await comes()
  await page.keyboard.press('Tab')
  await showScene(page, { kind: 'pick', byItself: true }, { online: true })
  await page.getByText('Tanpa jaringan, wajah dicocokkan nanti.').waitFor({ state: 'hidden' })
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))))
  expect(await cancels()).toBe(0)
  await comes()
  await page.getByText('Tanpa jaringan, wajah dicocokkan nanti.').waitFor()
  expect(await cancels()).toBe(0)
  await showScene(page, { kind: 'pick', byItself: true }, { online: true })
  await expect.poll(cancels).toBe(1)
})

it('goes back to the door from a screen that nobody touches any more', async () => {
  await page.clock.install()
  const cancels = async () => (await callsOf(page)).filter((call) => call === 'cancel').length
  const before = await cancels()
  for (const [kind, ms] of [
    ['pin', 20_000],
    ['nim', 20_000],
    ['pick', 25_000],
    ['settings', 120_000],
  ] as const) {
    await showScene(page, kind === 'pin' ? PIN : { kind })
    await page.getByTestId(`${kind}-screen`).waitFor()
    const had = await cancels()
    await page.clock.fastForward(ms - 5_000)
    await page.keyboard.press('Tab')
    await page.clock.fastForward(ms - 5_000)
    expect(await cancels()).toBe(had)
    await page.clock.fastForward(6_000)
    expect(await cancels()).toBe(had + 1)
  }
  expect(await cancels()).toBe(before + 4)
})

it('complained of nothing in the console and asked for nothing elsewhere', () => {
  expect(opened.complaints).toEqual([])
  expect(opened.strays).toEqual([])
})
