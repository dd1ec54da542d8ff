import { describe, expect, it } from 'vitest'
import { failuresEn } from '../core/failures-en.ts'
import { failuresId } from '../core/failures-id.ts'
import { browserKind } from './browser-kind.ts'
import { FAILURES } from './failures.ts'

describe('a failure', () => {
  it('has words in both languages, whichever it is', () => {
    for (const words of [failuresId, failuresEn])
      expect(Object.keys(words).sort()).toEqual(Object.keys(FAILURES).sort())
  })

  it('that waiting or trying again cannot mend leads home', () => {
    for (const code of ['closed', 'device_pending', 'waiting_for_review', 'insecure'] as const) {
      expect(FAILURES[code].next).toBe('home')
    }
  })
})

describe('help with a denied camera', () => {
  it.each([
    ['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36', 'android-chrome'],
    [
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36',
      'samsung',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1',
      'ios-safari',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/130.0 Mobile Safari/604.1',
      'ios-other',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'firefox'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36', 'desktop-chrome'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
      'desktop-safari',
    ],
    ['Lynx/2.9', 'other'],
  ])('knows %s', (agent, kind) => {
    expect(browserKind(agent)).toBe(kind)
  })

  it('knows an app installed on an iPhone, which has settings of its own', () => {
    const agent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148'
    expect(browserKind(agent, true)).toBe('ios-installed')
    expect(browserKind('Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36', true)).toBe(
      'android-chrome',
    )
  })
})
