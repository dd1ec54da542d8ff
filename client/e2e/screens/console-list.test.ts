import { expect, it } from 'vitest'
import { studentsApi } from '../../../shared/contract/api/students.ts'
import { useConsole } from './use-console.ts'

const STUDENTS = 10_000
const office = useConsole(undefined, { students: STUDENTS, days: 1 })
const { at, inspect } = office

/** What the server lists first for a query: the screen must show the same. */
async function listed(query: string) {
  const reply = await fetch(`${office.server.origin}/api/v1/admin/students?${query}`, {
    headers: { authorization: `Bearer ${office.token}` },
  })
  return studentsApi.list.reply.parse(await reply.json())
}

const rows = () => office.page.locator('tr.student:has(a)')
const firstIs = (name: string | undefined) => expect.poll(() => rows().first().locator('a').textContent()).toBe(name)

it('ten thousand students are scrolled, sorted, filtered and searched, and the address keeps it', async () => {
  const { page } = office
  await office.signIn()
  await at('nav-students').click()
  await rows().first().waitFor()
  const { total, data } = await listed('sort=name&order=asc&limit=1')
  expect(total).toBe(STUDENTS)
  await firstIs(data[0]?.name)
  await page
    .getByText(/10\.000/)
    .first()
    .waitFor()
  expect(await page.locator('table.students').getAttribute('aria-rowcount')).toBe(String(STUDENTS + 1))
  // Only what can be seen is drawn.
  expect(await page.locator('tr.student').count()).toBeLessThan(60)
  await inspect('students-many')

  await page.locator('.grid-window').evaluate((view) => view.scrollTo(0, view.scrollHeight))
  const last = page.locator(`tr.student[aria-rowindex="${STUDENTS + 1}"] a`)
  await last.waitFor()
  const [final] = (await listed('sort=name&order=desc&limit=1')).data
  expect(await last.textContent()).toBe(final?.name)
  await inspect('students-end')

  await page.getByRole('button', { name: 'NIM' }).click()
  await firstIs((await listed('sort=nim&order=asc&limit=1')).data[0]?.name)
  await page.getByRole('button', { name: 'NIM' }).click()
  const newest = (await listed('sort=nim&order=desc&limit=1')).data[0]
  await firstIs(newest?.name)

  const kelas = newest?.kelas ?? ''
  await at('kelas').selectOption(kelas)
  const inClass = await listed(`kelas=${kelas}&sort=nim&order=desc&limit=50`)
  await page.getByText(`${inClass.total} siswa`).first().waitFor()
  await firstIs(inClass.data[0]?.name)
  const shown = await rows().locator('a').allTextContents()
  expect(shown).toEqual(inClass.data.slice(0, shown.length).map(({ name }) => name))

  await at('kelas').selectOption('')
  await at('search').fill('budi')
  const found = await listed('search=budi&sort=nim&order=desc&limit=1')
  await firstIs(found.data[0]?.name)
  const address = page.url()
  for (const part of ['search=budi', 'sort=nim', 'order=desc']) expect(address).toContain(part)
  // Whoever opens the address sees the same, and so does who comes back from a student.
  await page.reload()
  await firstIs(found.data[0]?.name)
  expect(await at('search').inputValue()).toBe('budi')
  await rows().first().locator('a').click()
  await page.getByRole('heading', { level: 1, name: found.data[0]?.name ?? '?' }).waitFor()
  await page.goBack()
  await firstIs(found.data[0]?.name)
  expect(page.url()).toBe(address)

  await at('search').fill('tidak ada yang bernama begini')
  await at('empty').waitFor()
  expect(office.complaints).toEqual([])
})
