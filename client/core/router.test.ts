import { describe, expect, it } from 'vitest'
import { hashOf, parseRoute, ROUTES } from './router.ts'

describe('addresses', () => {
  it('lead back to their screens', () => {
    for (const route of ROUTES) expect(parseRoute(hashOf(route))).toBe(route)
  })

  it('lead home when nobody knows them', () => {
    expect(['', '#', '#/', '#/admin', '#/check-in/x'].map(parseRoute)).toEqual(Array(5).fill('home'))
  })
})
