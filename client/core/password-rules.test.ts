import { describe, expect, it } from 'vitest'
import { passwordSchema } from '../../shared/contract/auth.ts'
import { passwordRules } from './password-rules.ts'

describe('the rules of a password', () => {
  it.each([
    '',
    'short1',
    'pagi hari',
    '12345678',
    'pagi hari 1',
    'Пароль12',
    'a1'.repeat(36),
    'a1'.repeat(37),
    'é1'.repeat(25),
  ])('agree with the contract on %j', (password) => {
    expect(passwordRules(password).every(({ met }) => met)).toBe(passwordSchema.safeParse(password).success)
  })

  it('mention the limit of 72 bytes only to those who pass it', () => {
    expect(passwordRules('pagi hari 1').map(({ name }) => name)).toEqual(['length', 'letter', 'digit'])
    expect(passwordRules('é1'.repeat(25)).find(({ met }) => !met)?.name).toBe('short')
  })
})
