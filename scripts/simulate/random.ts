/** A seeded source of chance: the same seed gives the same run. */
export interface Chance {
  /** 0 <= x < 1 */
  next(): number
  /** A whole number, 0 <= n < below. */
  below(below: number): number
  /** True so often, 0..1. */
  hits(share: number): boolean
  between(from: number, to: number): number
  pick<T>(from: readonly T[]): T
  /** A version 4 UUID (RFC 9562, 5.4). */
  uuid(): string
  /** Another source, independent of how much is drawn from this one. */
  fork(name: string): Chance
}

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded by FNV-1a of a text. */
export function createChance(seed: string): Chance {
  let hash = 0x811c9dc5
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193)
  let [a, b, c, d] = [hash | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1]
  const bits = () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 15; i++) bits()

  const next = () => bits() / 2 ** 32
  const below = (limit: number) => Math.floor(next() * limit)
  const hex = (digits: number) => Array.from({ length: digits }, () => below(16).toString(16)).join('')
  return {
    next,
    below,
    hits: (share) => next() < share,
    between: (from, to) => from + next() * (to - from),
    pick: (from) => {
      const one = from[below(from.length)]
      if (one === undefined) throw new Error('nothing to pick from')
      return one
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[below(4)]}${hex(3)}-${hex(12)}`,
    fork: (name) => createChance(`${seed}/${name}`),
  }
}
