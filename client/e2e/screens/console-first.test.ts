import { expect, it } from 'vitest'
import { PASSWORD } from '../harness/office.ts'
import { useConsole } from './use-console.ts'

const office = useConsole()
const { at, inspect } = office

async function signIn(nim: string, password: string): Promise<void> {
  await at('nim').fill(nim)
  await at('password').fill(password)
  await at('sign-in').click()
}

it('the first admin is led from her one-time password to one of her own', async () => {
  const { page, server } = office
  const { nim, code } = await server.firstAdmin()
  await page.goto(`${server.origin}/admin`)
  await signIn(nim, code)
  await at('to-activate').waitFor()
  await inspect('first-password')
  // The server's refusals, as the browser notes them.
  expect(office.complaints.splice(0).filter((text) => !/status of 403/.test(text))).toEqual([])
  await at('to-activate').click()
  await page.waitForURL(/#\/activate$/)
  await page.locator('form').waitFor()
  await office.activate(nim, code)
  await page.goto(`${server.origin}/admin`)
  await signIn(nim, PASSWORD)
  await at('session-harian').waitFor()
  expect(office.complaints).toEqual([])
})
