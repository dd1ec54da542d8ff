import { readKept } from './kept.ts'
import type { Result } from './kiosk.ts'

/** Notes of a result: Hz and seconds, one after the other. Rising is good, falling asks for something, one low is no. */
const TUNES: Readonly<Record<'good' | 'late' | 'known' | 'no', readonly (readonly [number, number])[]>> = {
  good: [
    [659, 0.1],
    [880, 0.22],
  ],
  late: [
    [659, 0.12],
    [587, 0.22],
  ],
  known: [[587, 0.2]],
  no: [
    [233, 0.16],
    [196, 0.26],
  ],
}

const tuneOf = (kind: Result['kind']): keyof typeof TUNES =>
  kind === 'recorded' || kind === 'left' || kind === 'provisional'
    ? 'good'
    : kind === 'late'
      ? 'late'
      : kind === 'already'
        ? 'known'
        : 'no'

let context: AudioContext | null = null

/**
 * Most browsers play nothing before somebody has touched the page, an installed app often may: called at the start, at every
 * touch, and before a sound.
 */
export function wakeSound(): void {
  context ??= 'AudioContext' in globalThis ? new AudioContext() : null
  if (context?.state !== 'running') void context?.resume().catch(() => undefined)
}

/** Plays a result's tune, where sound is on and allowed. */
export function playResult({ kind }: Pick<Result, 'kind'>): void {
  if (readKept('sound') === 'off') return
  if (context?.state !== 'running') wakeSound()
  if (context?.state !== 'running') return
  let at = context.currentTime
  for (const [pitch, lasts] of TUNES[tuneOf(kind)]) {
    const tone = context.createOscillator()
    const loudness = context.createGain()
    tone.type = 'triangle'
    tone.frequency.value = pitch
    loudness.gain.setValueAtTime(0, at)
    loudness.gain.linearRampToValueAtTime(0.3, at + 0.02)
    loudness.gain.exponentialRampToValueAtTime(0.001, at + lasts)
    tone.connect(loudness).connect(context.destination)
    tone.start(at)
    tone.stop(at + lasts)
    at += lasts * 0.8
  }
}
