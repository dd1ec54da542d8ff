import { expect, it, onTestFinished, vi } from 'vitest'
import type { Result } from './kiosk.ts'
import { playResult, wakeSound } from './sound.ts'

it('plays another tune for who is marked, who is late, who was marked before and who is not, and none where it is off', () => {
  const kept = new Map<string, string>()
  let pitches: number[] = []
  const gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} }
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null })
  vi.stubGlobal(
    'AudioContext',
    class {
      readonly state = 'running'
      readonly currentTime = 0
      createGain = () => ({ gain, connect: () => undefined })
      createOscillator = () => ({
        frequency: {
          set value(pitch: number) {
            pitches.push(pitch)
          },
        },
        connect: (next: object) => next,
        start: () => undefined,
        stop: () => undefined,
      })
    },
  )
  onTestFinished(() => void vi.unstubAllGlobals())
  wakeSound()
  const tuneOf = (kind: Result['kind']) => {
    pitches = []
    playResult({ kind })
    return pitches.join(' ')
  }
  const tunes = (['recorded', 'late', 'already', 'unknown'] as const).map(tuneOf)
  expect(new Set(tunes).size).toBe(4)
  expect(tunes).not.toContain('')
  const [first = 0, second = 0] = tunes[0]?.split(' ').map(Number) ?? []
  expect(second).toBeGreaterThan(first)
  expect((['provisional', 'left'] as const).map(tuneOf)).toEqual([tunes[0], tunes[0]])
  expect((['not_live', 'not_saved', 'closed'] as const).map(tuneOf)).toEqual([tunes[3], tunes[3], tunes[3]])
  kept.set('absensi.kiosk.sound', 'off')
  expect(tuneOf('recorded')).toBe('')
})
