import type { Texts } from '../core/texts-id.ts'

/** The browsers whose way of allowing a camera is described. */
export type BrowserKind = keyof Texts['denied']

/** Whether this page runs as an installed app: a window without an address. */
export const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches

/**
 * Which of them this is, by its user agent: good enough for choosing help, and used for nothing else.
 * @param installed an installed app shares the permissions of the browser it came from; on an iPhone it has its own
 */
export function browserKind(userAgent: string, installed = false): BrowserKind {
  const has = (part: string) => userAgent.includes(part)
  const apple = has('iPhone') || has('iPad') || has('iPod')
  if (apple && installed) return 'ios-installed'
  if (apple) return has('CriOS') || has('FxiOS') || has('EdgiOS') ? 'ios-other' : 'ios-safari'
  if (has('SamsungBrowser')) return 'samsung'
  if (has('Firefox')) return 'firefox'
  if (has('Chrome')) return has('Android') ? 'android-chrome' : 'desktop-chrome'
  return has('Safari') ? 'desktop-safari' : 'other'
}
