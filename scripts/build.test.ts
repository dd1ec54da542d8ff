import { expect, it } from 'vitest'
import { asProduction } from './build.ts'

it('builds as production under whatever NODE_ENV, and leaves that as it was', async () => {
  expect(process.env.NODE_ENV).toBe('test')
  expect(await asProduction(async () => process.env.NODE_ENV)).toBe('production')
  await expect(asProduction(() => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off')
  expect(process.env.NODE_ENV).toBe('test')
})
