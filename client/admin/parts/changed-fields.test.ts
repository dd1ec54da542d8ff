import { expect, it } from 'vitest'
import { changedFields } from './changed-fields.ts'

it('sends what was changed and nothing else', () => {
  const before = { name: 'Ani', kelas: 'X-1', email: null, guru_kelas: ['X-1', 'X-2'], is_active: true }
  const after = { name: 'Ani', kelas: null, email: null, guru_kelas: ['X-1'] }
  expect(changedFields(before, after)).toEqual({ kelas: null, guru_kelas: ['X-1'] })
  expect(changedFields(before, { ...after, kelas: 'X-1', guru_kelas: ['X-1', 'X-2'] })).toEqual({})
})
