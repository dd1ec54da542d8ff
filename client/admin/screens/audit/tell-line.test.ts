import { expect, it } from 'vitest'
import { type Line, tellAction, tellDetails, tellEntity } from './tell-line.ts'

const ID = '00000000-0000-4000-8000-000000000000'
const lineOf = (details: Line['details']) => ({ details }) as Line
const told = (details: Line['details']) => tellDetails(lineOf(details), 'en').map(({ name, text }) => [name, text])

it('tells acts and details in words, and what it does not know by its code', () => {
  expect(tellAction('change_settings', 'id')).toBe('Mengubah pengaturan')
  expect(tellAction('new_act', 'en')).toBe('new act')
  expect(tellAction('toString', 'en')).toBe('toString')
  expect(tellEntity('face_case', 'en')).toBe('Same-face case')
  expect(told({ keys: 'school_name,retention.traces,other', fields: 'email name' })).toEqual([
    ['Changed', 'Name of the school, Traces of face movements (days), other'],
    ['Changed', 'e-mail, name'],
  ])
  expect(told({ is_active: false, marks: 1200, unmarked: null, note: 'x', result: 'not_live' })).toEqual([
    ['Active', 'No'],
    ['Marked', '1,200'],
    ['note', 'x'],
    ['Result', 'movements not seen'],
  ])
  expect(told(null)).toEqual([])
})

it('knows which detail is a person', () => {
  expect(tellDetails(lineOf({ user: ID, device: ID }), 'id')).toMatchObject([
    { text: '00000000', userId: ID },
    { text: '00000000', userId: null },
  ])
})
