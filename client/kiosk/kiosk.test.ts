import { pbkdf2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { unit } from '../../shared/face/vector.ts'
import { readCode, showCode, wholeCode } from './code.ts'
import { placeOf } from './machine/near.ts'
import { isPin } from './machine/pin.ts'
import { createRecent } from './machine/recent.ts'
import { readDay } from './machine/sessions.ts'
import { en } from './texts-en.ts'
import { id } from './texts-id.ts'

describe('a pairing code', () => {
  it('is forgiving of case, dashes, spaces and look-alikes', () => {
    expect(showCode('ab cd-e f')).toBe('ABCDE-F')
    expect(wholeCode('abcde fghio')).toBe('ABCDE-FGH10')
    expect(wholeCode('ABCDE-FGH')).toBeNull()
    expect(readCode('a-b-c-d-e-f-g-h-j-k-m-n')).toBe('ABCDEFGHJK')
  })
})

describe('who stands before the door', () => {
  const seen = (iod: number, faces = 1) => {
    const landmarks = new Float32Array(478 * 3)
    landmarks[468 * 3] = 300 - iod / 2
    landmarks[473 * 3] = 300 + iod / 2
    return { faces, landmarks, width: 640, height: 480, pixels: null }
  }
  it('is near from 40 to 80 cm, coming further away, nobody across the room', () => {
    expect([82, 41].map((iod) => placeOf(seen(iod)))).toEqual(['near', 'near'])
    expect([30, 15].map((iod) => placeOf(seen(iod)))).toEqual(['coming', 'nobody'])
    expect(placeOf(seen(60, 2))).toBe('two')
    expect(placeOf({ ...seen(60), faces: 0, landmarks: null })).toBe('nobody')
  })
})

describe('whoever was just marked', () => {
  const vector = (seed: number) => unit(Array.from({ length: 128 }, (_, i) => Math.sin(seed * 97 + i * (seed + 1.3))))
  const result = { kind: 'provisional', claim: { nim: null, name: null, kelas: null }, time: '06:58' } as const
  it('is known for five minutes, and nobody else is', () => {
    let now = 0
    const recent = createRecent(() => now)
    recent.note([vector(1)], result)
    expect(recent.find(vector(1))).toBe(result)
    expect(recent.find(vector(2))).toBeNull()
    now = 5 * 60_000
    expect(recent.find(vector(1))).toBeNull()
    recent.note([vector(1)], result)
    recent.clear()
    expect(recent.find(vector(1))).toBeNull()
  })
})

it('checks the staff PIN by the verifier the server makes', async () => {
  const salt = Buffer.from('0123456789abcdef')
  const hash = pbkdf2Sync('2468', salt, 1000, 32, 'sha256')
  for (const form of ['base64', 'base64url'] as const) {
    const verifier = { salt: salt.toString(form), iterations: 1000, hash: hash.toString(form) }
    expect(await isPin('2468', verifier)).toBe(true)
    expect(await isPin('2469', verifier)).toBe(false)
  }
})

describe('the day', () => {
  const session = { id: 's', name: 'Masuk', kelas: null, opens: '06:00', late_after: '07:00', closes: '08:00' }
  const days = [
    { date: '2026-11-23', holiday: null, sessions: [{ ...session, leaving_opens: '14:00', leaving_closes: '15:00' }] },
    { date: '2026-11-24', holiday: 'Hari Guru', sessions: [] },
  ]
  const at = (iso: string) => readDay({ days, timeZone: 'Asia/Jakarta' }, Date.parse(iso))
  it('says which session is open, which is next, and what is a holiday', () => {
    expect(at('2026-11-23T05:00:00+07:00')).toEqual({ kind: 'next', name: 'Masuk', from: '06:00', until: '08:00' })
    expect(at('2026-11-23T08:00:30+07:00')).toMatchObject({ kind: 'open', until: '08:00' })
    expect(at('2026-11-23T09:00:00+07:00')).toMatchObject({ kind: 'next', from: '14:00' })
    expect(at('2026-11-23T16:00:00+07:00')).toEqual({ kind: 'none' })
    expect(at('2026-11-24T07:00:00+07:00')).toEqual({ kind: 'holiday', name: 'Hari Guru' })
    expect(at('2026-12-24T07:00:00+07:00')).toEqual({ kind: 'unknown' })
  })
})

describe('the texts', () => {
  const flatten = (value: unknown, path = ''): [string, string][] => {
    if (typeof value === 'string') return [[path, value]]
    if (typeof value === 'function') return [[path, String(value('7', '9', '3', '1'))]]
    return Object.entries(value ?? {}).flatMap(([key, inner]) => flatten(inner, `${path}.${key}`))
  }
  it('are there in both languages, none empty, and never speak of a score or of fraud', () => {
    const [ours, theirs] = [flatten(id), flatten(en)]
    expect(theirs.map(([path]) => path)).toEqual(ours.map(([path]) => path))
    for (const [, text] of [...ours, ...theirs]) {
      expect(text.trim()).not.toBe('')
      expect(text).not.toMatch(/skor|score|palsu|fake|spoof|curang/i)
    }
  })
})
