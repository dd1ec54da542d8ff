import { describe, expect, it } from 'vitest'
import { createLanguage, rememberedLanguage } from './language.ts'
import { createRemembered } from './remembered.ts'

const blocked = () => {
  throw new DOMException('storage is switched off', 'SecurityError')
}

describe('what is remembered', () => {
  it('is nothing, and breaks nothing, where storage is switched off', () => {
    const remembered = createRemembered(blocked)
    remembered.write('camera', 'front')
    expect(remembered.read('camera')).toBeNull()
  })

  it('includes the language: Indonesian until somebody chooses', async () => {
    const kept = new Map<string, string>()
    const memory = {
      read: (key: string) => kept.get(key) ?? null,
      write: (key: string, value: string | null) => value !== null && kept.set(key, value),
    }
    expect(rememberedLanguage(memory)).toBe('id')
    const language = createLanguage(memory)
    expect(language.get().texts.signIn.button).toBe('Masuk')
    await language.choose('en')
    expect(language.get().texts.signIn.button).toBe('Sign in')
    expect(rememberedLanguage(memory)).toBe('en')
  })
})
