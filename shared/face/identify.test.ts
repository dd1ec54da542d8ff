import { describe, expect, it } from 'vitest'
import { identify, searchLimit, searchSize } from './identify.ts'
import { confidenceOf, decide } from './match.ts'
import { FACE_MODELS } from './model.ts'
import { unit } from './vector.ts'

const model = FACE_MODELS[0]
/** Templates at right angles to each other, and one `score` away from the k-th. */
const axis = (k: number) => Float32Array.from({ length: 128 }, (_, i) => (i === k ? 1 : 0))
const near = (k: number, score: number, other = 127) =>
  axis(k).map((value, i) => value * score + (i === other ? Math.sqrt(1 - score ** 2) : 0))
const galleryOf = (size: number) => new Map(Array.from({ length: size }, (_, k) => [`u${k}`, axis(k)]))

describe('a search among many', () => {
  it('names the nearest who reaches the limit of a class', () => {
    const found = identify(model, near(3, 0.77), galleryOf(30))
    expect(found).toEqual({ kind: 'matched', userId: 'u3', confidence: expect.closeTo(confidenceOf(model, 0.77), 5) })
    expect(identify(model, near(3, 0.75), galleryOf(30))).toEqual({ kind: 'unknown' })
    expect(identify(model, near(3, 0.99), new Map())).toEqual({ kind: 'unknown' })
  })

  it('asks for more in a larger gallery, and for the NIM beyond what was measured', () => {
    expect(identify(model, near(3, 0.77), galleryOf(60))).toEqual({ kind: 'unknown' })
    expect(identify(model, near(3, 0.8), galleryOf(60)).kind).toBe('matched')
    const crowd = new Map(Array.from({ length: 201 }, (_, k) => [`u${k}`, axis(k % 120)]))
    expect(identify(model, near(3, 0.99), crowd)).toEqual({ kind: 'many' })
    expect(searchSize(model)).toBe(200)
    const limits = [1, 45, 46, 100, 200].map((size) => searchLimit(model, size) ?? 0)
    expect(limits).toEqual([...limits].sort((a, b) => a - b))
    expect(searchLimit(model, 201)).toBeNull()
  })

  it('is ambiguous when the second is within the margin', () => {
    const probe = axis(3)
    const twins = new Map([
      ['a', unit(near(3, 0.95))],
      ['b', unit(near(3, 0.9, 126))],
    ])
    expect(identify(model, probe, twins)).toEqual({ kind: 'ambiguous' })
    expect(identify(model, probe, new Map([...twins, ['b', near(3, 0.84, 126)]]))).toMatchObject({ userId: 'a' })
  })

  it('tells when a settled twin is nearer than the claimed person, who is matched all the same', () => {
    const claim = { probe: axis(3), claimed: near(3, 0.9), rivals: [], twins: [near(3, 0.95)] }
    expect(decide(model, claim, 0.8)).toMatchObject({ kind: 'matched', twinNearer: true })
    expect(decide(model, { ...claim, twins: [near(3, 0.85)] }, 0.8)).not.toHaveProperty('twinNearer')
    expect(decide(model, { ...claim, rivals: claim.twins }, 0.8).kind).toBe('ambiguous')
  })
})
