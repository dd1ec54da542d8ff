import { expect, it } from 'vitest'
import { PASSWORD } from '../harness/office.ts'
import { useConsole } from './use-console.ts'

const office = useConsole(async ({ addStudent }) => {
  await addStudent({ nim: '26-1', name: 'Ani Lestari', kelas: 'X-1' })
})
const { at } = office

/** Ends every session of the admin, this page's too. */
const endEverywhere = () => office.post('auth/logout-everywhere', {})

it('a page that watches a job asks to sign in once its session is over, and asks nothing else', async () => {
  const { page, server } = office
  await office.signIn()
  await page.goto(`${server.origin}/admin#/jobs/backups`)
  await at('empty').waitFor()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  // The job never ends: what watches it would watch for ever.
  await page.route('**/api/v1/admin/jobs', async (route) => {
    const reply = await route.fetch()
    if (!reply.ok()) return route.fulfill({ response: reply })
    const { jobs } = (await reply.json()) as { jobs: { state: string }[] }
    return route.fulfill({ response: reply, json: { jobs: jobs.map((job) => ({ ...job, state: 'running' })) } })
  })
  await at('make-backup').click()
  const looks = () => asked.filter((path) => path.endsWith('/admin/jobs')).length
  await expect.poll(looks, { timeout: 15_000 }).toBeGreaterThan(1)
  await endEverywhere()
  await at('sign-in').waitFor()
  asked.length = 0
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  expect(asked).toEqual([])
  await page.unroute('**/api/v1/admin/jobs')
})

it('a question for the password does not lie over the sign-in', async () => {
  const { page, server } = office
  await at('nim').fill('TU-1')
  await at('password').fill(PASSWORD)
  await at('sign-in').click()
  await at('sign-out').waitFor({ state: 'attached' })
  await page.goto(`${server.origin}/admin#/students`)
  await page.getByRole('link', { name: 'Ani Lestari' }).click()
  await at('remove-student').click()
  await at('confirm-word').fill('26-1')
  const login = { nim: 'TU-1', password: PASSWORD }
  office.token = (await office.post<{ access_token: string }>('auth/login', login, '')).access_token
  await endEverywhere()
  // Looked at with every change of the page: not for one drawing either.
  await page.evaluate(() => {
    const isThere = (id: string) => document.querySelector(`[data-testid="${id}"]`) !== null
    new MutationObserver(() => {
      if (isThere('sign-in') && isThere('confirm-go')) document.body.dataset.overlaid = 'yes'
    }).observe(document.body, { childList: true, subtree: true })
  })
  await at('confirm-password').fill(PASSWORD)
  await at('confirm-go').click()
  await at('sign-in').waitFor()
  expect(await at('confirm-go').count()).toBe(0)
  expect(await page.evaluate(() => document.body.dataset.overlaid)).toBeUndefined()
  await at('nim').fill('TU-1')
})
