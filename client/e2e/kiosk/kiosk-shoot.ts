import { mkdir } from 'node:fs/promises'
import { openStage } from '../screens/open-stage.ts'
import { KIOSK_SCENES } from './kiosk-scenes.ts'
import { openDoor, showScene, speak } from './use-kiosk-stage.ts'

/** Pictures of every screen of the kiosk: `npx tsx client/e2e/kiosk/kiosk-shoot.ts FOLDER [WIDTHxHEIGHT] [dark] [en]`. */
const [folder, ...wishes] = process.argv.slice(2)
if (!folder) throw new Error('give a folder for the pictures')
const [width = 1280, height = 800] =
  wishes
    .find((wish) => /^\d+x\d+$/.test(wish))
    ?.split('x')
    .map(Number) ?? []
const wanted = wishes.filter((wish) => !/^(\d+x\d+|dark|en)$/.test(wish))
await mkdir(folder, { recursive: true })
const browser = await openStage('kiosk')
const colorScheme = wishes.includes('dark') ? 'dark' : 'light'
const { page } = await browser.open({}, '', { viewport: { width, height }, colorScheme })
await openDoor(page)
if (wishes.includes('en')) await speak(page, 'en')
for (const { name, view, status, shows } of KIOSK_SCENES) {
  await showScene(page, view, status)
  await page.locator(shows).first().waitFor()
  if (wanted.length === 0 || wanted.some((one) => name.startsWith(one)))
    await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' })
}
await browser.close()
