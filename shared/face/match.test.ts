import { describe, expect, it } from 'vitest'
import { bandOf, confidenceOf, decide, makeTemplate, showOnePerson } from './match.ts'
import { FACE_MODELS, findFaceModel } from './model.ts'
import { dot, lengthOf } from './vector.ts'

const model = FACE_MODELS[0]

/** Reproducible numbers between -1 and 1: a person's own direction around the model's mean. */
function drawPerson(seed: number): number[] {
  let state = seed * 2654435761
  return model.mean.map((value) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return value + (state / 2 ** 31) * 0.06
  })
}

/** The same person in another picture. */
const vary = (person: number[], seed: number, by: number) =>
  person.map((value, i) => value + by * ((drawPerson(seed)[i] ?? 0) - (model.mean[i] ?? 0)))

const a = drawPerson(1)
/** Somebody a little like the first. */
const b = drawPerson(2).map((value, i) => 0.75 * value + 0.25 * (a[i] ?? 0))
const shotsOf = (person: number[]) => [vary(person, 11, 0.3), vary(person, 12, 0.3), vary(person, 13, 0.3)]
const claimed = makeTemplate(model, shotsOf(a))
const rival = makeTemplate(model, shotsOf(b))

describe('matching', () => {
  it('knows its models by id, and the mean has the length of the embedding', () => {
    expect(findFaceModel('dlib-resnet-v1')?.mean).toHaveLength(128)
    expect(findFaceModel('dlib-resnet-v2')).toBeUndefined()
  })

  it('makes a unit template out of a set and refuses vectors of another network', () => {
    expect(lengthOf(claimed)).toBeCloseTo(1, 5)
    expect(() => makeTemplate(model, [[1, 0, 0]])).toThrow(RangeError)
    expect(() => makeTemplate(model, [])).toThrow(RangeError)
  })

  it('matches the claimed person and does not know a stranger', () => {
    const probe = makeTemplate(model, [vary(a, 21, 0.4)])
    expect(decide(model, { probe, claimed, rivals: [rival] }, 0.8).kind).toBe('matched')
    const stranger = makeTemplate(model, [drawPerson(3)])
    expect(decide(model, { probe: stranger, claimed, rivals: [] }, 0.8).kind).toBe('unknown')
  })

  it('is ambiguous when somebody else is nearer, or exactly as near', () => {
    const between = makeTemplate(model, [a.map((value, i) => 0.45 * value + 0.55 * (b[i] ?? 0))])
    expect(dot(between, claimed)).toBeGreaterThan(model.accept)
    expect(decide(model, { probe: between, claimed, rivals: [rival] }, 0.8).kind).toBe('ambiguous')
    expect(decide(model, { probe: between, claimed, rivals: [] }, 0.8).kind).toBe('matched')
    expect(decide(model, { probe: between, claimed, rivals: [claimed] }, 0.8).kind).toBe('ambiguous')
  })

  it('matches nobody who is not enrolled, with confidence 0', () => {
    const probe = makeTemplate(model, [a])
    expect(decide(model, { probe, claimed: null, rivals: [] }, 0.8)).toEqual({ kind: 'unknown', confidence: 0 })
  })

  it('reads 0.80 at the accept limit and rises all the way', () => {
    expect(confidenceOf(model, model.accept)).toBeCloseTo(0.8, 10)
    const curve = Array.from({ length: 41 }, (_, i) => confidenceOf(model, -1 + i * 0.05))
    for (let i = 1; i < curve.length; i++) expect(curve[i]!).toBeGreaterThan(curve[i - 1]!)
    expect(curve[0]!).toBeGreaterThanOrEqual(0)
    expect(curve[40]!).toBeLessThan(1)
  })

  it('holds a claim to a stricter threshold when a school asks for one', () => {
    const probe = makeTemplate(model, [vary(a, 22, 0.9)])
    const { confidence } = decide(model, { probe, claimed, rivals: [] }, 0.8)
    expect(confidence).toBeGreaterThan(0.8)
    expect(decide(model, { probe, claimed, rivals: [] }, (confidence + 1) / 2).kind).toBe('unknown')
  })

  it('notices another face among the embeddings of one capture', () => {
    expect(showOnePerson(model, shotsOf(a))).toBe(true)
    expect(showOnePerson(model, [...shotsOf(a), b])).toBe(false)
    expect(showOnePerson(model, [a, b])).toBe(false)
    expect(showOnePerson(model, [...shotsOf(a), ...shotsOf(b)])).toBe(false)
    expect(showOnePerson(model, [])).toBe(false)
  })

  it('shows confidence in three bands', () => {
    expect([0.8, 0.9, 0.96, 1].map(bandOf)).toEqual(['fair', 'good', 'high', 'high'])
  })
})
