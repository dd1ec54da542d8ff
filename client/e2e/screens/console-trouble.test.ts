import { createClient } from '@libsql/client'
import { expect, it } from 'vitest'
import { PASSWORD } from '../harness/office.ts'
import { useConsole } from './use-console.ts'

const office = useConsole(async ({ addStudent }) => {
  await addStudent({ nim: '26-0', name: 'Ani Lestari', kelas: 'X-1' })
})
const { at, inspect } = office

/** Where the password is asked again. */
async function confirm(page = office.page): Promise<void> {
  await page.getByTestId('confirm-password').fill(PASSWORD)
  await page.getByTestId('confirm-go').click()
}

/** A change in the file itself, past the server. */
async function tamper(sql: string): Promise<void> {
  const { server } = office
  await server.cut()
  const client = createClient({ url: server.database })
  try {
    await client.execute(sql)
  } finally {
    client.close()
  }
  await server.restart()
}

it('of two admins who save the settings at once the second sees what the first has changed', async () => {
  const { page } = office
  await office.signIn()
  await at('nav-settings').click()
  await at('setting-school_name').fill('SMA Negeri 1')
  await at('settings-review').click()
  await at('changes').waitFor()
  // Somebody else, on her own computer, is quicker.
  const other = await page.context().browser()?.newPage()
  if (!other) throw new Error('the browser is gone')
  await other.goto(`${office.server.origin}/admin`)
  await other.getByTestId('nim').fill('TU-1')
  await other.getByTestId('password').fill(PASSWORD)
  await other.getByTestId('sign-in').click()
  await other.getByTestId('nav-settings').click()
  await other.getByTestId('setting-retention.traces').fill('5')
  await other.getByTestId('settings-review').click()
  await other.getByTestId('settings-save').click()
  await confirm(other)
  await other.getByText('Tersimpan.').waitFor()
  await other.close()

  await at('settings-save').click()
  await at('settings-newer').waitFor()
  await inspect('settings-clash')
  await at('settings-newer').click()
  await expect.poll(() => at('setting-retention.traces').inputValue()).toBe('5')
  // What she had typed is still there, and is saved at the second try.
  expect(await at('setting-school_name').inputValue()).toBe('SMA Negeri 1')
  await at('settings-review').click()
  await at('settings-save').click()
  await page.getByText('Tersimpan.').waitFor()
  expect(office.complaints.splice(0).filter((text) => !/status of 409/.test(text))).toEqual([])
})

it('an account that was asked for is refused', async () => {
  const { page, server } = office
  await at('setting-registration-pending').check()
  await at('settings-review').click()
  await at('settings-save').click()
  await confirm()
  await at('settings-review').waitFor({ state: 'detached' })
  await office.post('auth/register', { nim: '26-9', name: 'Tamu Asing', password: PASSWORD }, '')
  await page.goto(`${server.origin}/admin#/requests/accounts`)
  await page.getByText('Tamu Asing').waitFor()
  await inspect('accounts')
  await at('refuse').click()
  await inspect('account-refuse')
  await at('sure').click()
  await page.getByText('Tamu Asing: ditolak.').waitFor()
  await at('empty').waitFor()
  expect(office.complaints).toEqual([])
})

it('a record that somebody has laid hands on is found broken, and where', async () => {
  const { page } = office
  // The requests follow the server as long as they are shown, and it is stopped for this.
  await at('nav-audit').click()
  await at('verify-audit').waitFor()
  await tamper("UPDATE audit_logs SET details = '{}' WHERE seq = (SELECT max(seq) - 2 FROM audit_logs)")
  await page.reload()
  await at('nav-audit').click()
  await at('verify-audit').click()
  await at('chain-result').getByRole('alert').or(at('chain-result').locator('.notice')).first().waitFor()
  expect(await at('chain-result').getAttribute('data-whole')).toBe('false')
  // Filters that hide it give way.
  await at('filter-action').selectOption('login')
  await at('broken-line').waitFor({ state: 'detached' })
  await at('show-broken').click()
  await at('broken-line').waitFor()
  await inspect('audit-broken')
  expect(office.complaints).toEqual([])
})
