/** Numbers that look random and come again with the same seed. For made-up data only, never for a secret. */
export interface Dice {
  /** 0 <= number < 1. */
  next(): number
  /** A whole number, both ends among them. */
  between(from: number, until: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly [T, ...T[]]): T
  /** Around 0, mostly within -1..1 (the sum of four uniform numbers, scaled). */
  bell(): number
  /** A UUID (version 8, RFC 9562) that starts with `prefix` (32 bits), so that ids can be made to rise. */
  id(prefix: number): string
}

/** Dice over mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough to draw a school with. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const hex = (digits: number) =>
    Math.floor(next() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0')
  const between = (from: number, until: number) => from + Math.floor(next() * (until - from + 1))
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
    bell: () => next() + next() + next() + next() - 2,
    id: (prefix) =>
      `${(prefix >>> 0).toString(16).padStart(8, '0')}-${hex(4)}-8${hex(3)}-${'89ab'[between(0, 3)]}${hex(3)}-${hex(6)}${hex(6)}`,
  }
}
