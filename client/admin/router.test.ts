import { expect, it } from 'vitest'
import { studentsApi } from '../../shared/contract/api/students.ts'
import { pathOf } from './api.ts'
import { addressOf, parseAddress } from './router.ts'

it('keeps path and filters in the address, and reads back what it wrote', () => {
  const hash = addressOf(['students', 'a/b'], { search: 'Ani & Budi', kelas: '' })
  expect(hash).toBe('#/students/a%2Fb?search=Ani+%26+Budi')
  expect(parseAddress(hash)).toEqual({ path: ['students', 'a/b'], filters: { search: 'Ani & Budi' } })
  expect(parseAddress('')).toEqual({ path: [], filters: {} })
  expect(parseAddress('#/%E0%A4%A')).toEqual({ path: ['%E0%A4%A'], filters: {} })
})

it('fills a row of the contract', () => {
  expect(pathOf(studentsApi.remove, { params: { id: 'x/y' } })).toBe('admin/students/x%2Fy')
  expect(pathOf(studentsApi.list, { query: { search: 'é', kelas: '', limit: 5 } })).toBe(
    'admin/students?search=%C3%A9&limit=5',
  )
})
