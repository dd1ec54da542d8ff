import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ChromiumProblem, findChromium } from './chromium.ts'

describe('findChromium', () => {
  let folder: string
  const program = (path: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), '#!/bin/sh\n')
    chmodSync(join(folder, path), 0o755)
    return join(folder, path)
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chromium-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('takes CHROME_PATH before the PATH', () => {
    const own = program('own/browser')
    program('bin/chromium')
    expect(findChromium({ CHROME_PATH: own, PATH: join(folder, 'bin') })).toBe(own)
  })

  it('takes Debian’s chromium before Chrome, from any folder of the PATH', () => {
    program('a/google-chrome')
    const chromium = program('b/chromium')
    expect(findChromium({ PATH: `${join(folder, 'a')}:${join(folder, 'b')}` })).toBe(chromium)
  })

  it('says in one line how to install it where there is none', () => {
    expect(() => findChromium({ PATH: join(folder, 'bin') })).toThrow(ChromiumProblem)
    expect(() => findChromium({ PATH: join(folder, 'bin') })).toThrow(/^[^\n]*apt-get install chromium[^\n]*$/)
  })

  it('does not fall back silently from a wrong CHROME_PATH', () => {
    program('bin/chromium')
    expect(() => findChromium({ CHROME_PATH: '/nowhere', PATH: join(folder, 'bin') })).toThrow(/CHROME_PATH/)
  })
})
