import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { CHROMIUM_FLAGS, findChromium } from '../../../scripts/chromium.ts'
import { startBuiltServer } from '../harness/built-server.ts'
import { PASSWORD } from '../harness/office.ts'
import { KIOSK_SCENES } from '../kiosk/kiosk-scenes.ts'
import { openDoor, showScene } from '../kiosk/use-kiosk-stage.ts'
import { openStage } from '../screens/open-stage.ts'
import { SCENES } from '../screens/scenes.ts'

// The README's pictures, made anew: `npx tsx client/e2e/pictures/shoot.ts`. Names and faces in them are made up.
const fileOf = (name: string) => fileURLToPath(new URL(`${name}.png`, import.meta.url))

const shoot = (page: Page, name: string) => page.screenshot({ path: fileOf(name), animations: 'disabled' })

async function shootConsole(): Promise<void> {
  const server = await startBuiltServer({ profile: 'school', school: { students: 360, days: 40 } })
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_FLAGS] })
  try {
    const code = await server.addStudent({ nim: 'TU-1', name: 'Tata Usaha', role: 'admin' })
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'id-ID' })
    const activated = await fetch(`${server.origin}/api/v1/auth/activate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ nim: 'TU-1', code, password: PASSWORD }),
    })
    if (!activated.ok) throw new Error(await activated.text())
    await page.goto(`${server.origin}/admin`)
    await page.getByTestId('nim').fill('TU-1')
    await page.getByTestId('password').fill(PASSWORD)
    await page.getByTestId('sign-in').click()
    await page.getByTestId('session-harian').waitFor()
    await shoot(page, 'console-today')
    await page.goto(`${server.origin}/admin#/reports/period?by=kelas`)
    await page.locator('canvas').first().waitFor()
    await page.waitForLoadState('networkidle')
    await shoot(page, 'console-report')
    await page.goto(`${server.origin}/admin#/records/day?kelas=X-1`)
    await page.locator('[data-testid^=mark-]').first().waitFor()
    await shoot(page, 'console-day')
  } finally {
    await browser.close()
    await server.stop()
  }
}

async function shootPhone(...names: string[]): Promise<void> {
  const browser = await openStage()
  for (const scene of SCENES.filter(({ name }) => names.includes(name))) {
    const { page, close } = await browser.open(scene.answers, scene.hash ?? '#/', {
      viewport: { width: 390, height: 844 },
    })
    await scene.act?.(page)
    await page.locator(scene.shows).first().waitFor()
    await shoot(page, `phone-${scene.name}`)
    await close()
  }
  await browser.close()
}

async function shootKiosk(...names: string[]): Promise<void> {
  const browser = await openStage('kiosk')
  const { page } = await browser.open({}, '', { viewport: { width: 1280, height: 800 } })
  await openDoor(page)
  for (const { name, view, status, shows } of KIOSK_SCENES) {
    await showScene(page, view, status)
    await page.locator(shows).first().waitFor()
    if (names.includes(name)) await shoot(page, `kiosk-${name}`)
  }
  await browser.close()
}

await shootConsole()
await shootPhone('home-open')
await shootKiosk('result-recorded')
