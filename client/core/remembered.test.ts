import { describe, expect, it } from 'vitest'
import { createLanguage } from './language.ts'
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

  it('includes the language: Indonesian until somebody chooses', () => {
    const kept = new Map<string, string>()
    const memory = {
      read: (key: string) => kept.get(key) ?? null,
      write: (key: string, value: string | null) => value !== null && kept.set(key, value),
    }
    expect(createLanguage(memory).get()).toBe('id')
    createLanguage(memory).set('en')
    expect(createLanguage(memory).get()).toBe('en')
  })
})
