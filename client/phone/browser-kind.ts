import type { Texts } from '../core/texts-id.ts'

/** The browsers whose way of allowing a camera is described. */
export type BrowserKind = keyof Texts['denied']

/** Which of them this is, by its user agent: good enough for choosing help, and used for nothing else. */
export function browserKind(userAgent: string): BrowserKind {
  const has = (part: string) => userAgent.includes(part)
  const apple = has('iPhone') || has('iPad') || has('iPod')
  if (apple) return has('CriOS') || has('FxiOS') || has('EdgiOS') ? 'ios-other' : 'ios-safari'
  if (has('SamsungBrowser')) return 'samsung'
  if (has('Firefox')) return 'firefox'
  if (has('Chrome')) return has('Android') ? 'android-chrome' : 'desktop-chrome'
  return has('Safari') ? 'desktop-safari' : 'other'
}
