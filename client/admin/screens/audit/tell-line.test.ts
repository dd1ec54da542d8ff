import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { EVENT_REASONS } from '../../../../shared/contract/kiosk-offline.ts'
import { actionTexts } from './action-texts.ts'
import { detailTexts } from './detail-texts.ts'
import { type Line, tellAction, tellActor, tellDetails, tellEntity, tellSubject } from './tell-line.ts'

const ID = '00000000-0000-4000-8000-000000000000'
const lineOf = (details: Line['details'], rest: Partial<Line> = {}) =>
  ({ details, named: [], ...rest }) as unknown as Line
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

it('tells days, times, and what a kiosk doubted', () => {
  expect(
    told({ from: '2026-11-02', created_at: '2026-11-02T07:00:00+07:00', reasons: 'clock_back,unreadable' }),
  ).toEqual([
    ['From', '2 Nov 2026'],
    ['Made', '2\u00a0Nov\u00a02026, 07:00'],
    ['Reasons', 'the kiosk’s clock went back, the capture is damaged'],
  ])
})

it('knows which detail is a person, and calls everything by its name', () => {
  const named = [
    { id: ID, name: 'Ani', nim: '26-1' },
    { id: 'harian', name: 'Harian', nim: null },
  ]
  const line = lineOf({ user: ID, session: 'harian' }, { named })
  expect(tellDetails(line, 'id')).toMatchObject([
    { text: 'Ani', userId: ID },
    { text: 'Harian', userId: null },
  ])
  expect(tellDetails(lineOf({ user: ID, device: ID }), 'id')).toMatchObject([
    { text: 'Akun yang sudah dihapus', userId: ID },
    { text: '00000000', userId: null },
  ])
  expect(tellSubject({ ...line, subject_id: ID, entity_id: 'x' }, 'id')).toEqual({
    text: 'Ani',
    nim: '26-1',
    userId: ID,
  })
  expect(tellSubject({ ...line, subject_id: null, entity_id: 'harian' }, 'id')?.text).toBe('Harian')
  expect(tellSubject({ ...line, subject_id: null, entity_id: null }, 'id')).toBeNull()
  expect(tellSubject({ ...line, named: [], subject_id: ID }, 'en')?.text).toBe('An account that is gone')
})

it('knows the system from somebody who has not signed in', () => {
  const nobody = { user_id: null, name: null, nim: null }
  expect(tellActor(lineOf(null, { ...nobody, ip_address: null }), 'en').text).toBe('The system')
  expect(tellActor(lineOf(null, { ...nobody, ip_address: '::1' }), 'en').text).toBe('Not signed in')
  const kiosk = { ...nobody, ip_address: '::1', named: [{ id: 'k', name: 'Lobi', nim: null }] }
  expect(tellActor(lineOf({ device: 'k', result: 'attendance' }, kiosk), 'id').text).toBe('Kios Lobi')
  expect(tellActor(lineOf(null, { user_id: ID, name: 'Ani', nim: '26-1' }), 'en')).toMatchObject({
    text: 'Ani',
    nim: '26-1',
  })
})

/** The text of every file of the server that is no test. */
const server = () => {
  const root = new URL('../../../../server/', import.meta.url)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('test'))
    .map((path) => readFileSync(new URL(path, root), 'utf8'))
    .join('\n')
}

it('has words for every act and thing the server writes down, and for every refusal', () => {
  const codes = (pattern: RegExp) => [...server().matchAll(pattern)].map(([, code]) => code ?? '')
  expect(codes(/\baction: '([a-z_]+)'/g).filter((code) => !(code in actionTexts.id))).toEqual([])
  expect(codes(/\bentityType: '([a-z_]+)'/g).filter((code) => !(code in detailTexts.id.entity))).toEqual([])
  for (const [key, known] of [
    ['reasons', EVENT_REASONS],
    ['result', ['bad_capture', 'not_live', 'not_matched', 'poor_shots', 'outside', 'closed', 'ticket_expired']],
  ] as const)
    for (const code of known)
      expect([code, tellDetails(lineOf({ [key]: code }), 'en')[0]?.text]).not.toEqual([code, code])
})
