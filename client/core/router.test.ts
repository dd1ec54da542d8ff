import { describe, expect, it } from 'vitest'
import { emailToken, hashOf, parseRoute, ROUTES } from './router.ts'

describe('addresses', () => {
  it('lead back to their screens', () => {
    for (const route of ROUTES) expect(parseRoute(hashOf(route))).toBe(route)
  })

  it('of a confirmation mail carry its token', () => {
    expect([parseRoute('#email=a.b-C_d'), emailToken('#email=a.b-C_d')]).toEqual(['email', 'a.b-C_d'])
    expect(['#/', '#/email', ''].map(emailToken)).toEqual(['', '', ''])
  })

  it('lead home when nobody knows them', () => {
    expect(['', '#', '#/', '#/admin', '#/check-in/x'].map(parseRoute)).toEqual(Array(5).fill('home'))
  })
})
