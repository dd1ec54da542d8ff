import { expect, it } from 'vitest'
import { schoolSettingsSchema } from '../../../../shared/contract/settings.ts'
import { changesOf, findWrong, placeWrong } from './check.ts'
import { boundsOf, type Draft, fromEdits, toDraft } from './fields.ts'

const settings = schoolSettingsSchema.parse({ school_networks: ['10.0.0.0/8', '2001:db8::/32'] })
const base = toDraft(settings)
const wrongIn = (edits: Partial<Draft>) => findWrong({ ...base, ...edits })

it('holds every setting, and gives back what it was given', () => {
  expect(schoolSettingsSchema.parse(fromEdits(base))).toEqual(settings)
  expect(Object.keys(fromEdits(base)).sort()).toEqual(Object.keys(settings).sort())
  expect(boundsOf('retention.traces')).toEqual({ min: 1, max: 14 })
})

it('sends only what was changed', () => {
  const edits = { school_name: 'SMA 1', 'retention.traces': '7', registration: 'closed' } as const
  expect(fromEdits(changesOf(base, edits))).toEqual({ school_name: 'SMA 1', retention: { traces: 7 } })
  expect(changesOf(base, {})).toEqual({})
})

it.each([
  [{ school_name: ' ' }, 'school_name', null],
  [{ marking_days: '1.5' }, 'marking_days', null],
  [{ marking_days: '' }, 'marking_days', null],
  [{ 'retention.traces': '15' }, 'retention.traces', null],
  [{ challenges: ['blink', 'smile'] }, 'challenges', null],
  [{ school_networks: '10.0.0.0/8\n\n10.0.0.0/77' }, 'school_networks', 3],
] as const)('finds what is wrong in %j', (edits, path, line) => {
  expect(wrongIn(edits)).toEqual([{ path, line }])
})

it('finds the field of a refusal', () => {
  expect(placeWrong(['school_networks.1', 'retention', 'other'], base)).toEqual([{ path: 'school_networks', line: 2 }])
})
