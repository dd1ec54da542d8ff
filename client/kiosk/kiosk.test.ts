import { pbkdf2Sync } from 'node:crypto'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { unit } from '../../shared/face/vector.ts'
import { createStore } from '../core/store.ts'
import { announce, announceHint, wordsOf } from './announce.ts'
import { readCode, showCode, wholeCode } from './code.ts'
import { EMPTY_STATUS, type View } from './kiosk.ts'
import { createClaimed } from './machine/claimed.ts'
import { placeOf } from './machine/near.ts'
import { createPinCheck, isPin } from './machine/pin.ts'
import { createRecent } from './machine/recent.ts'
import { readDay } from './machine/sessions.ts'
import { createStaff } from './machine/staff.ts'
import { doorWords, waitingWords } from './screens/door-words.ts'
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
  const seen = (iod: number, faces = 1, [width, height]: readonly [number, number] = [640, 480]) => {
    const landmarks = new Float32Array(478 * 3)
    landmarks[468 * 3] = 300 - iod / 2
    landmarks[473 * 3] = 300 + iod / 2
    return { faces, landmarks, width, height, pixels: null }
  }
  it('is near from 40 to 80 cm, coming further away, nobody across the room', () => {
    expect([82, 41].map((iod) => placeOf(seen(iod)))).toEqual(['near', 'near'])
    expect([30, 15].map((iod) => placeOf(seen(iod)))).toEqual(['coming', 'nobody'])
    // The same camera on its side.
    expect([82, 41, 30, 15].map((iod) => placeOf(seen(iod, 1, [480, 640])))).toEqual([
      'near',
      'near',
      'coming',
      'nobody',
    ])
    expect(placeOf(seen(60, 2))).toBe('two')
    expect(placeOf({ ...seen(60), faces: 0, landmarks: null })).toBe('nobody')
  })
})

describe('whoever was just marked', () => {
  const vector = (seed: number) => unit(Array.from({ length: 128 }, (_, i) => Math.sin(seed * 97 + i * (seed + 1.3))))
  const claim = (nim: string | null, name: string | null = null) => ({ nim, name, kelas: null })
  const kept = (nim: string | null, name: string | null = null) =>
    ({ kind: 'provisional', claim: claim(nim, name), time: '06:58', clockKnown: true }) as const
  const seen = (name: string) =>
    ({ kind: 'recorded', name, kelas: null, status: 'hadir', time: '06:58', lateMinutes: 0, review: false }) as const
  it('is known for five minutes, and nobody else is', () => {
    let now = 0
    const recent = createRecent(() => now)
    const result = kept(null)
    recent.note([vector(1)], result, null)
    expect(recent.find(vector(1), null)).toBe(result)
    expect(recent.find(vector(1), claim(null))).toBe(result)
    expect(recent.find(vector(2), null)).toBeNull()
    now = 5 * 60_000
    expect(recent.find(vector(1), null)).toBeNull()
    recent.note([vector(1)], result, null)
    recent.clear()
    expect(recent.find(vector(1), null)).toBeNull()
  })

  it('is let through under another name than she was marked as, thrice at most', () => {
    const recent = createRecent(() => 0)
    recent.note([vector(1)], kept('1', 'Ani'), '1')
    expect(recent.find(vector(1), claim('1'))).not.toBeNull()
    // She touched the wrong name, or is the twin.
    expect(recent.find(vector(1), claim('2', 'Budi'))).toBeNull()
    recent.note([vector(1)], kept('2', 'Budi'), '2')
    expect(recent.find(vector(1), claim('2', 'Budi'))).toMatchObject({ claim: { nim: '2' } })
    recent.note([vector(1)], seen('Cici'), null)
    expect(recent.find(vector(1), claim('4', 'Dodi'))).not.toBeNull()
    // Recognised without a NIM, she is known by the name she picks; what she types only the server can tell.
    recent.note([vector(5)], seen('Eka'), null)
    expect(recent.find(vector(5), claim('5', 'Eka'))).not.toBeNull()
    expect(recent.find(vector(5), claim('5'))).toBeNull()
  })
})

describe('a name somebody gave', () => {
  it('waits for her for twenty seconds, and not while nobody is there', () => {
    let now = 0
    const claimed = createClaimed(() => now)
    const ani = { nim: '1', name: 'Ani', kelas: 'X-1' }
    claimed.set(ani)
    now = 20_000
    claimed.saw(true)
    expect(claimed.get()).toBe(ani)
    now += 1
    expect(claimed.get()).toBeNull()
    claimed.set(ani)
    now += 8_000
    claimed.saw(false)
    expect(claimed.get()).toBe(ani)
    now += 1
    claimed.saw(false)
    expect(claimed.get()).toBeNull()
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

it('counts wrong PINs over reloads, waits after five, and asks again what only staff may do', async () => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  const salt = Buffer.from('0123456789abcdef')
  const verifier = {
    salt: salt.toString('base64'),
    iterations: 1000,
    hash: pbkdf2Sync('2468', salt, 1000, 32, 'sha256').toString('base64'),
  }
  let now = 1_000_000
  const view = createStore<View>({ kind: 'revoked', refused: true })
  const lost = vi.fn()
  const loadAgain = () => {
    const pin = createPinCheck(() => now)
    pin.set(verifier)
    return createStaff({ view, pin, lose: lost })
  }
  for (let n = 1; n <= 4; n++) {
    const staff = loadAgain()
    staff.ask('lose')
    await staff.tryPin('1111')
    expect(view.get()).toEqual({ kind: 'pin', opens: 'lose', problem: 'wrong', tries: 1 })
  }
  const staff = loadAgain()
  // Typed ahead, while the one before is still looked at.
  await Promise.all([staff.tryPin('1111'), staff.tryPin('1112')])
  expect(view.get()).toMatchObject({ problem: 'locked' })
  await staff.tryPin('2468')
  expect(view.get()).toMatchObject({ problem: 'locked' })
  expect(lost).not.toHaveBeenCalled()
  now += 60_001
  await staff.tryPin('2468')
  expect(lost).toHaveBeenCalledOnce()
  // Where the school has no PIN nobody is asked for one.
  const open = createStaff({ view, pin: createPinCheck(() => now), lose: lost })
  open.ask('settings')
  expect(view.get()).toEqual({ kind: 'settings' })
})

it('says that it waits for the camera while the browser may be asking', () => {
  const asked = doorWords({ kind: 'idle', hint: null, claim: null }, { ...EMPTY_STATUS, loaded: 1 }, id)
  expect(asked.order).toBe(id.awaitingCamera)
})

describe('the day', () => {
  const session = { id: 's', name: 'Masuk', kelas: null, opens: '06:00', late_after: '07:00', closes: '08:00' }
  const days = [
    { date: '2026-11-23', holiday: null, sessions: [{ ...session, leaving_opens: '14:00', leaving_closes: '15:00' }] },
    { date: '2026-11-24', holiday: 'Hari Guru', sessions: [] },
  ]
  const at = (iso: string) => readDay({ days, timeZone: 'Asia/Jakarta' }, Date.parse(iso))
  it('says which session is open, which is next, and what is a holiday', () => {
    expect(at('2026-11-23T05:00:00+07:00')).toEqual({
      kind: 'next',
      name: 'Masuk',
      from: '06:00',
      until: '08:00',
      leaving: false,
    })
    expect(at('2026-11-23T08:00:30+07:00')).toMatchObject({ kind: 'open', until: '08:00' })
    expect(at('2026-11-23T09:00:00+07:00')).toMatchObject({ kind: 'next', from: '14:00', leaving: true })
    expect(at('2026-11-23T16:00:00+07:00')).toEqual({ kind: 'none' })
    expect(at('2026-11-24T07:00:00+07:00')).toEqual({ kind: 'holiday', name: 'Hari Guru' })
    expect(at('2026-12-24T07:00:00+07:00')).toEqual({ kind: 'unknown' })
  })
})

describe('what the door says', () => {
  const READY = { ...EMPTY_STATUS, loaded: 1 }
  const walk = (state: object) => ({ kind: 'walk', claim: null, state }) as unknown as View
  it('is all there for the ear: the order of each moment, what is in its way, and why nobody is taken', () => {
    const asking = { stage: 'asking', attempt: 1, hint: 'too_dark' }
    expect(announce(walk({ ...asking, prompt: 'blink' }), READY, id)).toBe('Kedipkan mata dua kali')
    // After a turn there is no prompt: she is to look back.
    expect(announce(walk({ ...asking, prompt: null }), READY, id)).toBe('Lihat lurus ke depan')
    expect(announceHint(walk({ ...asking, prompt: 'blink' }), id)).toBe('Terlalu gelap')
    // A rest's order says it already.
    const back = { ...asking, prompt: null, hint: 'look_straight' } as const
    expect(announceHint(walk(back), id)).toBe('')
    expect(announceHint(walk({ ...back, prompt: 'blink' }), id)).toBe('Lihat lurus ke kamera')
    const idle = { kind: 'idle', hint: null, claim: null } as const
    expect(announce(idle, READY, id)).toBe('')
    expect(announce(idle, { ...READY, stop: 'no_tickets' }, id)).toContain('Absen lewat guru. Tiket kios')
    expect(announce(idle, { ...READY, cameraTrouble: 'lost' }, id)).toBe('Kamera terputus, mencoba lagi')
    expect(announce({ kind: 'known', name: 'Ani' }, READY, id)).toContain('Bukan kamu?')
    const ani = { name: 'Ani', kelas: 'X-1', status: 'terlambat', lateMinutes: 23, review: false } as const
    const left = announce({ kind: 'result', result: { kind: 'left', ...ani, time: '14:05' } }, READY, id)
    expect(left).toBe('Pulang tercatat. Ani. X-1. Pukul 14.05')
  })

  it('tells no time it cannot know, and a day with a time that is not of today', () => {
    const claim = { nim: '1', name: 'Ani', kelas: null }
    const kept = { kind: 'provisional', claim, time: '00:03' } as const
    expect(wordsOf({ ...kept, clockKnown: true }, id).said).toBe('Pukul 00.03')
    expect(wordsOf({ ...kept, clockKnown: false }, id).said).not.toContain('00')
    const since = (oldest: string) =>
      waitingWords({ ...READY, queue: 4, oldest }, Date.parse('2026-11-23T07:00:00+07:00'), id, 'id')
    expect(since('2026-11-23T06:55:00+07:00')).toBe('4 menunggu kirim, tertua 06.55')
    expect(since('2026-11-22T06:55:00+07:00')).toBe('4 menunggu kirim, tertua kemarin 06.55')
    expect(since('2026-11-20T06:55:00+07:00')).toBe('4 menunggu kirim, tertua 20/11 06.55')
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
