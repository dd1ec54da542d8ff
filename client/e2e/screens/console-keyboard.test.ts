import { expect, it } from 'vitest'
import { PASSWORD } from '../harness/office.ts'
import { useConsole } from './use-console.ts'

const office = useConsole(async ({ addStudent, activate, post }) => {
  const codes: string[] = []
  for (const [place, name] of ['Ani Lestari', 'Budi Santoso', 'Citra Dewi'].entries())
    codes.push(await addStudent({ nim: `26-${place}`, name, kelas: 'X-1' }))
  const ani = await activate('26-0', codes[0] ?? '')
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date())
  await post('izin', { kind: 'izin', from_date: day, until_date: day, reason: 'Acara keluarga' }, ani)
})
const { at } = office

/** No screen of these has more stops than this between one thing and the next. */
const MOST_STOPS = 60

const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => office.page.keyboard.press(key)), Promise.resolve())
const type = (text: string) => office.page.keyboard.type(text)

/** What has the focus: its test id, or its text. */
const focused = () =>
  office.page.evaluate(() => {
    const { activeElement: element } = document
    return (element as HTMLElement | null)?.dataset.testid ?? element?.textContent?.trim() ?? ''
  })

/** Presses Tab until it has the focus. */
async function tabTo(name: string): Promise<void> {
  const met: string[] = []
  while (met.length < MOST_STOPS) {
    const now = await focused()
    if (now === name) return
    met.push(now)
    await press('Tab')
  }
  throw new Error(`${name} is not reached by Tab, but ${met.join(', ')}`)
}

async function activate(name: string): Promise<void> {
  await tabTo(name)
  await press('Enter')
}

async function renameAndDelete(): Promise<void> {
  const { page } = office
  await activate('nav-students')
  await page.getByText('Citra Dewi').waitFor()
  await tabTo('search')
  await type('budi')
  await page.getByText('Citra Dewi').waitFor({ state: 'detached' })
  await activate('Budi Santoso')
  await at('edit-student').waitFor()
  expect(await focused()).toBe('Budi Santoso')
  await activate('edit-student')
  await at('student-name').waitFor()
  await tabTo('student-name')
  await press('Control+A')
  await type('Budi Hartono')
  await press('Enter')
  await page.getByRole('heading', { name: 'Budi Hartono' }).waitFor()
  await expect.poll(focused).toBe('edit-student')

  await activate('remove-student')
  await at('confirm-word').waitFor()
  // Nothing behind the dialog can be reached; between its last stop and its first is the browser itself.
  for (let presses = 0; presses < 12; presses++) {
    await press('Tab')
    expect(await page.evaluate(() => document.activeElement?.matches('body, dialog *'))).toBe(true)
  }
  await press('Escape')
  await at('confirm-word').waitFor({ state: 'detached' })
  await expect.poll(focused).toBe('remove-student')
  await press('Enter')
  await at('confirm-word').waitFor()
  await tabTo('confirm-word')
  await type('26-1')
  await tabTo('confirm-password')
  await type(PASSWORD)
  await press('Enter')
  await page.getByText('Budi Hartono dihapus.').waitFor()
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await focused()).not.toBe('')
}

async function markDay(): Promise<void> {
  const { page } = office
  await activate('nav-records')
  await activate('Tandai kelas')
  await tabTo('kelas')
  await page.locator('[data-testid=kelas] option', { hasText: 'X-1' }).waitFor({ state: 'attached' })
  await press('ArrowDown')
  await at('mark-26-0').waitFor()
  await tabTo('H')
  await press('h', 't')
  expect(await at('mark-26-2').locator('[aria-pressed=true]').textContent()).toBe('T')
  await press('ArrowUp', 's')
  expect(await at('mark-26-0').locator('[aria-pressed=true]').textContent()).toBe('S')
  await tabTo('save-marks')
  await press('Enter')
  await page.getByText('2 ditandai, 0 dikoreksi.').waitFor()
}

it('an admin works with the keyboard alone', async () => {
  const { page, server } = office
  await page.goto(`${server.origin}/admin`)
  await tabTo('nim')
  await type('TU-1')
  await tabTo('password')
  await type(PASSWORD)
  await press('Enter')
  await at('session-harian').waitFor()
  // The first stop of a page leads past the menu.
  await page.reload()
  await at('session-harian').waitFor()
  await press('Tab')
  expect(await focused()).toBe('Lewati ke isi')
  await press('Enter')
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')

  await renameAndDelete()
  await markDay()
  await activate('nav-requests')
  await page.getByText('Acara keluarga').waitFor()
  await activate('approve')
  await page.getByText('Ani Lestari: disetujui.').waitFor()
  await activate('sign-out')
  await at('nim').waitFor()
  expect(office.complaints).toEqual([])
})
