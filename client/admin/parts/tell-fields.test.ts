import { expect, it } from 'vitest'
import { tellFields } from './tell-fields.ts'

it('names a wrong field in words, and says nothing in codes', () => {
  const fields = [
    { path: 'parent_email', message: 'invalid_format' },
    { path: 'guru_kelas.1', message: 'too_big' },
    { path: 'guru_kelas.3', message: 'too_big' },
    { path: 'marks.0.user_id', message: 'not of this session' },
    { path: 'date', message: 'before 2026-10-19' },
    { path: '', message: 'custom' },
  ]
  expect(tellFields(fields, 'id')).toEqual([
    'Email orang tua: tidak ditulis dengan benar',
    'Kelas yang diajar: terlalu panjang atau terlalu besar',
  ])
  expect(tellFields(fields, 'en')[0]).toBe('Parent’s email: not written properly')
  expect(tellFields(undefined, 'id')).toEqual([])
})
