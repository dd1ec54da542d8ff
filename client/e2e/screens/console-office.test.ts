import { expect, it } from 'vitest'
import { PASSWORD, useConsole } from './use-console.ts'

const office = useConsole(async ({ addStudent }) => {
  for (const [place, name] of ['Ani Lestari', 'Budi Santoso', 'Citra Dewi'].entries())
    await addStudent({ nim: `26-${place}`, name, kelas: 'X-1' })
})
const { at, inspect } = office

it('an admin sets the school up, and looks after its accounts, its record and its jobs', async () => {
  const { page, server } = office
  await office.signIn()

  await at('nav-settings').click()
  await at('thresholds').waitFor()
  await page.getByText('Asia/Jakarta').waitFor()
  await inspect('settings')
  await at('setting-school_name').fill('SMA Negeri 1')
  await at('setting-retention.traces').fill('15')
  await page.getByText('Isi bilangan bulat dari 1 sampai 14.').waitFor()
  await at('setting-school_networks').fill('10.1.0.0/16\n10.1.0.0/99')
  await page.getByText('Baris 2: 10.1.0.0/99').waitFor()
  await at('setting-public_privacy-masked').check()
  await inspect('settings-wrong')
  await at('setting-retention.traces').fill('7')
  await at('setting-school_networks').fill('10.1.0.0/16')
  await at('settings-review').click()
  await page.getByText('7 hari').waitFor()
  await inspect('settings-review')
  await at('settings-save').click()
  await page.getByText('Tersimpan.').waitFor()
  expect(await at('setting-school_name').inputValue()).toBe('SMA Negeri 1')

  expect([PASSWORD, server.origin, office.complaints]).toEqual([PASSWORD, server.origin, []])
})
