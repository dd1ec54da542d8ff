import { expect, it } from 'vitest'
import { isReversed, tellValid } from './valid-days.ts'

it('days are reversed only where both are there', () => {
  expect(isReversed('2027-02-08', '2027-02-07')).toBe(true)
  for (const [from, until] of [
    ['2027-02-08', '2027-02-08'],
    ['2027-02-08', '2027-03-09'],
    ['2027-02-08', ''],
    ['', '2027-02-07'],
    ['', ''],
  ] as const)
    expect(isReversed(from, until)).toBe(false)
})

it('the days a session is held between are told, with one of them or none', () => {
  const tell = (valid_from: string | null, valid_until: string | null) => tellValid({ valid_from, valid_until }, 'id')
  expect(tell(null, null)).toBe('Selalu')
  expect(tell('2027-02-08', null)).toBe('Dari 8 Feb 2027')
  expect(tell(null, '2027-03-09')).toBe('Sampai 9 Mar 2027')
  expect(tell('2027-02-08', '2027-02-12')).toBe('8–12 Feb 2027')
  expect(tellValid({ valid_from: '2027-02-08', valid_until: null }, 'en')).toBe('From 8 Feb 2027')
})
