import { expect, it } from 'vitest'
import { useHerPhone } from './harness/use-her-phone.ts'

const checkInWith = useHerPhone()

it('refuses her face moving, but not as asked', async () => {
  const { outcome, verdict } = await checkInWith({ puppet: 'a', manner: 'mistakes' })
  expect(outcome).toEqual({ kind: 'failure', code: 'not_live' })
  expect(verdict).toMatchObject({ result: 'not_live', reason: 'challenges' })
})

it('refuses her face that does nothing it is asked', async () => {
  const { outcome, verdict } = await checkInWith({ puppet: 'a', manner: 'ignores' })
  expect(outcome).toEqual({ kind: 'failure', code: 'not_live' })
  expect(verdict).toMatchObject({ result: 'not_live', reason: 'challenges' })
})
