import { expect, it } from 'vitest'
import { saysWhen } from './says-when.ts'

it('takes the time of writing for no time of arrival', () => {
  const record = { method: 'manual', date: '2026-11-02', timestamp: '2026-11-02T07:03:00+07:00' } as const
  expect(saysWhen(record)).toBe(true)
  expect(saysWhen({ ...record, date: '2026-11-01' })).toBe(false)
  expect(saysWhen({ ...record, date: '2026-11-01', method: 'kiosk' })).toBe(true)
})
