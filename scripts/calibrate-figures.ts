import type { Vector } from '../shared/face/vector.ts'

/** The mean of vectors as they are (no unit length). Lengths must agree. */
export function takeMean(vectors: readonly Vector[]): number[] {
  const sum = new Array<number>(vectors[0]?.length ?? 0).fill(0)
  for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0)
  return sum.map((value) => value / vectors.length)
}

/** The value below which the given share (0..1) of a list lies. */
export function quantile(list: readonly number[], share: number): number {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** The lowest threshold at which no more than a share `fmr` of impostors passes (score > threshold), empirically. */
export function thresholdAt(impostor: readonly number[], fmr: number): number {
  const falling = [...impostor].sort((a, b) => b - a)
  return falling[Math.floor(fmr * falling.length)] ?? Number.NaN
}

/** The figures of one row of the table. */
export function summarise({ genuine, impostor }: { genuine: readonly number[]; impostor: readonly number[] }) {
  const cell = (fmr: number) => {
    const threshold = thresholdAt(impostor, fmr)
    const accepted = genuine.filter((value) => value > threshold).length / genuine.length
    return `${threshold.toFixed(3)}, ${(100 * accepted).toFixed(1)} %`
  }
  return {
    highest: impostor.reduce((a, b) => Math.max(a, b), -Infinity),
    at1e3: cell(1e-3),
    at1e4: cell(1e-4),
    low: quantile(genuine, 0.02),
    median: quantile(genuine, 0.5),
  }
}

/**
 * The slope of a logistic curve (Platt 1999) that tells genuine from impostor scores, both kinds weighing the same:
 * how fast the log odds grow with the score. Newton's method, with a small ridge for separable lists.
 */
export function fitSlope(genuine: readonly number[], impostor: readonly number[]): number {
  let slope = 1
  let offset = 0
  const ridge = 1e-3
  for (let round = 0; round < 60; round++) {
    let [gs, go, hss, hso, hoo] = [ridge * slope, 0, ridge, 0, 1e-9]
    for (const [list, label] of [
      [genuine, 1],
      [impostor, 0],
    ] as const)
      for (const score of list) {
        const p = 1 / (1 + Math.exp(-(slope * score + offset)))
        const error = (p - label) / list.length
        const weight = (p * (1 - p)) / list.length
        gs += error * score
        go += error
        hss += weight * score * score
        hso += weight * score
        hoo += weight
      }
    const determinant = hss * hoo - hso * hso
    slope -= (hoo * gs - hso * go) / determinant
    offset -= (hss * go - hso * gs) / determinant
  }
  return slope
}

/** A tail of scores: above `from` lies `share` of them, falling off as a generalised Pareto distribution. */
export interface Tail {
  readonly from: number
  readonly share: number
  readonly scale: number
  /** Below 0: the scores have an end. */
  readonly shape: number
}

/** Fits the tail above the threshold that a share of scores passes, by the moments of the excess (Hosking, Wallis 1987). */
export function fitTail(scores: readonly number[], share: number): Tail {
  const from = thresholdAt(scores, share)
  const excess = scores.filter((score) => score > from).map((score) => score - from)
  const mean = excess.reduce((sum, value) => sum + value, 0) / excess.length
  const variance = excess.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (excess.length - 1)
  const ratio = mean ** 2 / variance
  return { from, share, scale: (mean * (ratio + 1)) / 2, shape: (1 - ratio) / 2 }
}

/** The score that the nearest of `size` impostors passes at the given rate, by the fitted tail: an extrapolation. */
export function tailThreshold({ from, share, scale, shape }: Tail, rate: number, size: number): number {
  const times = (share * size) / rate
  return from + (Math.abs(shape) < 1e-6 ? scale * Math.log(times) : (scale * (times ** shape - 1)) / shape)
}
