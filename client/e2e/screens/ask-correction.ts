import type { Page } from 'playwright-core'

/** Says of the newest record that she was ill, in the part that is open, and waits until that is sent. */
export async function askCorrection(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Ini salah/ })
    .first()
    .click()
  await page.getByLabel('Sakit').check()
  await page.locator('textarea').fill('Saya sakit, ada surat dokter')
  await page.getByTestId('send-correction').click()
  await page.getByText('Permintaanmu terkirim.').waitFor()
}
