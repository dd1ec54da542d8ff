import { expect, it } from 'vitest'
import { readWallClock } from '../../../shared/attendance/zone.ts'
import { useConsole } from './use-console.ts'

const office = useConsole(async ({ addStudent }) => {
  for (const [place, name] of ['Ani Lestari', 'Budi Santoso'].entries())
    await addStudent({ nim: `26-${place}`, name, kelas: 'X-1' })
})
const { at } = office

/** The last day before this one whose number is its month's: typed the same, whichever of the two a browser has first. */
function lastAlikeDay(today: string): string {
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number)
  // In January it would be the first, which the page begins with.
  const last = day > month && month > 1 ? month : month - 1
  const two = String(last || 12).padStart(2, '0')
  return `${last > 0 ? year : year - 1}-${two}-${two}`
}

it('a day counts when it is whole, and one that is none breaks nothing', async () => {
  const { page, server } = office
  await office.signIn()
  await page.goto(`${server.origin}/admin#/reports/period?from=20252-11-05`)
  await at('from').waitFor()
  expect(await at('from').inputValue()).not.toBe('')
  // Drawn with the answers: what is asked from here on is asked for the day that is typed.
  await at('paper-head').waitFor({ state: 'attached' })
  const day = lastAlikeDay(readWallClock(Date.now(), 'Asia/Jakarta').date)
  const asked: string[] = []
  page.on('request', (request) => asked.push(...(/from=[^&]*/.exec(request.url()) ?? [])))
  await at('from').focus()
  const [year, ...alike] = day.split('-')
  await page.keyboard.type([...alike, year].join(''))
  expect(asked).toEqual([])
  await page.keyboard.press('Enter')
  await expect.poll(() => page.url()).toContain(`from=${day}`)
  await at('from').evaluate((field) => field.blur())
  expect(asked.filter((one) => one !== `from=${day}`)).toEqual([])
  expect(office.complaints).toEqual([])
})

it('a search that is cleared from elsewhere stays cleared', async () => {
  const { page } = office
  await at('nav-students').click()
  await at('search').fill('budi')
  await page.getByText('Ani Lestari').waitFor({ state: 'detached' })
  await at('nav-students').click()
  await page.getByText('Ani Lestari').waitFor()
  expect(await at('search').inputValue()).toBe('')
  expect(page.url()).not.toContain('search')
  await at('search').fill('ani')
  await page.getByText('Budi Santoso').waitFor({ state: 'detached' })
  expect(office.complaints).toEqual([])
})

it('a report is printed with the head of its own figures', async () => {
  const { page, server } = office
  await page.goto(`${server.origin}/admin#/reports/period?by=kelas`)
  await at('paper-head').waitFor({ state: 'attached' })
  // The next figures are refused: those before them do not get their head.
  await page.route('**/api/v1/admin/report?**', (route) => route.abort())
  await at('by').selectOption('student')
  await at('problem').waitFor()
  expect(await at('paper-head').count()).toBe(0)
  await page.unroute('**/api/v1/admin/report?**')
  await page.getByRole('button', { name: 'Coba lagi' }).click()
  await at('paper-head').waitFor({ state: 'attached' })
  expect(office.complaints.splice(0).filter((text) => !/Failed to load resource/.test(text))).toEqual([])
})

it('what is undone is told, and so is what could not be, on whatever screen', async () => {
  const { page, server } = office
  const undo = page.getByRole('button', { name: 'Urungkan' })
  const suspend = async () => {
    await page.goto(`${server.origin}/admin#/students?search=budi`)
    await page.getByRole('link', { name: 'Budi Santoso' }).click()
    await at('suspend').click()
    await page.getByText('Budi Santoso ditangguhkan.').waitFor()
    await at('nav-today').click()
    await at('session-harian').waitFor()
  }
  await suspend()
  await undo.last().click()
  await page.getByText('Budi Santoso aktif lagi.').waitFor()
  await suspend()
  await page.route('**/api/v1/admin/users/**', (route) => route.abort())
  await undo.last().click()
  await page.getByText('Server tidak menjawab.').waitFor()
  expect(office.complaints.splice(0).filter((text) => !/Failed to load resource/.test(text))).toEqual([])
})
