import { expect, it } from 'vitest'
import type { PlaceRule } from '../../../../shared/contract/timetable.ts'
import { findWrongPlace, toForm, toRule } from './place-rule.ts'

const circle: PlaceRule = { mode: 'refuse', circle: { latitude: -6.2, longitude: 106.8, radius: 200 } }
const networks: PlaceRule = { mode: 'flag', networks: ['10.1.0.0/16', '2001:db8::/32'] }

it('gives back every rule it was given', () => {
  for (const rule of [null, circle, networks, { ...circle, mode: 'off' as const }])
    expect(toRule(toForm(rule))).toEqual(rule)
})

it('finds what is wrong, beside its field', () => {
  const wrong = (change: object, rule: PlaceRule) => findWrongPlace({ ...toForm(rule), ...change })
  expect(wrong({}, circle)).toEqual([])
  expect(wrong({ latitude: '-6,2' }, circle)).toEqual([])
  expect(wrong({ latitude: '', longitude: '181', radius: '5' }, circle)).toEqual(['latitude', 'longitude', 'radius'])
  expect(wrong({ networks: '10.0.0.0/77' }, networks)).toEqual(['networks'])
  expect(wrong({ networks: ' \n' }, networks)).toEqual(['networks'])
})

it('drops an unfinished rule that is off', () => {
  expect(toRule({ ...toForm(circle), mode: 'off', longitude: '' })).toBeNull()
})
