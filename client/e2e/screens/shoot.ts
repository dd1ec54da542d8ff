import { mkdir } from 'node:fs/promises'
import { openStage } from './open-stage.ts'
import { SCENES } from './scenes.ts'

/**
 * Pictures of every screen: `npx tsx client/e2e/screens/shoot.ts FOLDER [WIDTHxHEIGHT] [dark] [en] [name ...]`.
 * 390x844, light and Indonesian when nothing else is asked for; names choose scenes by their beginning.
 */
const [folder, ...wishes] = process.argv.slice(2)
if (!folder) throw new Error('give a folder for the pictures')
const [width = 390, height = 844] =
  wishes
    .find((wish) => /^\d+x\d+$/.test(wish))
    ?.split('x')
    .map(Number) ?? []
const names = wishes.filter((wish) => !/^(\d+x\d+|dark|en)$/.test(wish))

await mkdir(folder, { recursive: true })
const browser = await openStage()
for (const scene of SCENES) {
  if (names.length > 0 && !names.some((name) => scene.name.startsWith(name))) continue
  const { page, close } = await browser.open(scene.answers, scene.hash ?? '#/', {
    viewport: { width, height },
    colorScheme: wishes.includes('dark') ? 'dark' : 'light',
  })
  await scene.act?.(page)
  await page.locator(scene.shows).first().waitFor()
  if (wishes.includes('en'))
    await page
      .getByRole('button', { name: 'English' })
      .click({ force: true, timeout: 500 })
      .catch(() => undefined)
  await page.screenshot({ path: `${folder}/${scene.name}.png`, animations: 'disabled' })
  await close()
}
await browser.close()
