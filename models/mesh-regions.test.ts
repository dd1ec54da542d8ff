import { describe, expect, it } from 'vitest'
import { pickedOutputs } from './mesh-regions.ts'

describe('the 478 points picked from the attention mesh', () => {
  const picked = pickedOutputs()

  it('are 478 triples out of 1,868 numbers, none taken twice but for depth', () => {
    expect(picked).toHaveLength(478 * 3)
    expect(Math.max(...picked)).toBe(1867)
    const flat = picked.filter((_, i) => i % 3 !== 2)
    expect(new Set(flat).size).toBe(flat.length)
  })

  it('take x and y from the refined regions and depth from the mesh', () => {
    const point = (i: number) => picked.slice(3 * i, 3 * i + 3)
    expect(point(1)).toEqual([3, 4, 5])
    expect(point(61)).toEqual([1404, 1405, 185])
    expect(point(33)).toEqual([1564, 1565, 101])
    expect(point(263)).toEqual([1706, 1707, 791])
    expect(point(468)).toEqual([1848, 1849, 3 * 145 + 2])
    expect(point(473)).toEqual([1858, 1859, 3 * 374 + 2])
  })
})
