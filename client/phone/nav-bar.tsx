import type { Route } from '../core/router.ts'
import { useStore } from '../core/store.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useApp, useTexts } from './app-context.ts'

type Tab = 'home' | 'attendance' | 'izin' | 'account'

const TABS: readonly { readonly tab: Tab; readonly hash: string; readonly icon: IconName }[] = [
  { tab: 'home', hash: '#/', icon: 'home' },
  { tab: 'attendance', hash: '#/attendance', icon: 'calendar' },
  { tab: 'izin', hash: '#/izin', icon: 'mail' },
  { tab: 'account', hash: '#/account', icon: 'person' },
]

/** Under which tab a screen lies; a walk has none, and shows no bar. */
const TAB_OF: Readonly<Partial<Record<Route, Tab>>> = {
  home: 'home',
  code: 'home',
  attendance: 'attendance',
  izin: 'izin',
  account: 'account',
  face: 'account',
  privacy: 'account',
  password: 'account',
}

/** The way between the four parts of the app, for somebody who is signed in: at the lower edge, or from a tablet's width on in the top bar. */
export function NavBar() {
  const { router, session } = useApp()
  const { texts } = useTexts()
  const route = useStore(router)
  const signedIn = useStore(session).is === 'in'
  const tabNow = TAB_OF[route]
  if (!signedIn || !tabNow) return null
  return (
    <nav class="tabs" aria-label={texts.nav.name}>
      {TABS.map(({ tab, hash, icon }) => (
        <a key={tab} href={hash} aria-current={tab === tabNow ? 'page' : undefined}>
          <Icon name={icon} />
          <span>{texts.nav[tab]}</span>
        </a>
      ))}
    </nav>
  )
}
