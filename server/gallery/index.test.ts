import { describe, expect, it } from 'vitest'
import { unit } from '../../shared/face/vector.ts'
import { createFaceIndex } from './index.ts'

const everybody = () => true
const at = (degrees: number) => unit([Math.cos((degrees / 180) * Math.PI), Math.sin((degrees / 180) * Math.PI)])

describe('the index', () => {
  it('finds the nearest of those let through, exactly', () => {
    const index = createFaceIndex(2)
    for (let i = 0; i < 200; i++) index.put(`u${i}`, 'e', at(i))
    expect(index.size).toBe(200)
    expect(index.nearest(at(42.2), everybody)).toMatchObject({ userId: 'u42' })
    expect(index.nearest(at(42.2), everybody)?.score).toBeCloseTo(Math.cos((0.2 / 180) * Math.PI), 6)
    expect(index.nearest(at(42.2), (id) => id !== 'u42')?.userId).toBe('u43')
    expect(index.nearest(at(42.2), () => false)).toBeNull()
  })

  it('replaces a user in place and removes without a trace, the others staying whole', () => {
    const index = createFaceIndex(2)
    for (let i = 0; i < 5; i++) index.put(`u${i}`, `e${i}`, at(i * 10))
    index.put('u1', 'new', at(80))
    const view = index.templateOf('u4')
    index.remove('u0')
    index.remove('u0')
    expect([...(view ?? [1])]).toEqual([0, 0])
    expect(index.userIds().sort()).toEqual(['u1', 'u2', 'u3', 'u4'])
    expect(index.enrolmentOf('u1')).toBe('new')
    expect(index.enrolmentOf('u0')).toBeUndefined()
    expect(index.templateOf('u0')).toBeNull()
    for (const [id, degrees] of [
      ['u1', 80],
      ['u2', 20],
      ['u3', 30],
      ['u4', 40],
    ] as const)
      expect(index.nearest(at(degrees), everybody)?.userId).toBe(id)
  })

  it('refuses templates of another length', () => {
    const index = createFaceIndex(2)
    expect(() => index.put('u', 'e', [1, 0, 0])).toThrow(RangeError)
    index.put('u', 'e', [1, 0])
    expect(() => index.nearest([1, 0, 0], everybody)).toThrow(RangeError)
  })
})
