import { expect, it } from 'vitest'
import { isLastKelas, nextKelas } from './move-row.tsx'

it('knows the class after, as schools name them', () => {
  const names = ['X-1', 'XI IPA 2', '10A', '7-3', 'X', 'XII-1', '12 B', 'Kelas A', 'IX-1']
  expect(names.map(nextKelas)).toEqual(['XI-1', 'XII IPA 2', '11A', '8-3', 'XI', '', '', '', ''])
  expect(names.filter(isLastKelas)).toEqual(['XII-1', '12 B', 'IX-1'])
})
