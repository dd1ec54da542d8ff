import { expect, it } from 'vitest'
import { useHerPhone } from './harness/use-her-phone.ts'

const checkInWith = useHerPhone()

it('refuses somebody else, though alive', async () => {
  const { outcome, verdict } = await checkInWith({ puppet: 'b' })
  expect(outcome).toEqual({ kind: 'failure', code: 'not_matched' })
  expect(verdict?.result).toBe('live')
})

it('refuses a photograph of her', async () => {
  const { outcome, verdict } = await checkInWith({ puppet: 'a', manner: 'photograph' })
  expect(outcome).toEqual({ kind: 'failure', code: 'not_live' })
  expect(verdict).toMatchObject({ result: 'not_live', reason: 'challenges' })
})

it('takes herself after all that', async () => {
  const { outcome } = await checkInWith({ puppet: 'a' })
  expect(outcome).toMatchObject({ kind: 'receipt', grade: 'verified', duplicate: false })
})
