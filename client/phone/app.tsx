import { useEffect, useErrorBoundary, useLayoutEffect, useState } from 'preact/hooks'
import { setSchoolZone } from '../core/clock.ts'
import type { Route } from '../core/router.ts'
import type { SessionState } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { AppContext, type AppParts, useApp, useTexts } from './app-context.ts'
import { isLazy, LazyScreen, RegisterLater } from './lazy-screen.tsx'
import { ActivateScreen } from './screens/activate-screen.tsx'
import { CrashScreen } from './screens/crash-screen.tsx'
import { EmailScreen } from './screens/email-screen.tsx'
import { HomeScreen } from './screens/home-screen.tsx'
import { SignInScreen } from './screens/sign-in-screen.tsx'
import { StartScreen } from './screens/start-screen.tsx'
import { TopBar } from './top-bar.tsx'

/**
 * The screen of an address, for somebody who is signed in or not. Signed out, everything but activation and, where the school
 * allows it, asking for an account is sign-in.
 */
function Current({ route, session, open }: { route: Route; session: SessionState; open: boolean | null }) {
  // A link in a mail: whoever opens it need not be signed in.
  if (route === 'email') return <EmailScreen />
  if (session.is === 'starting' || session.is === 'unreachable')
    return <StartScreen waiting={session.is === 'starting'} />
  if (session.is === 'out') {
    if (route === 'activate') return <ActivateScreen />
    // Until it is known nothing is shown that somebody might begin to fill in.
    if (route === 'register' && open === null) return <StartScreen waiting />
    if (route === 'register' && open) return <RegisterLater />
    return <SignInScreen ended={session.ended} open={open === true} />
  }
  const { user } = session
  if (isLazy(route)) return <LazyScreen name={route} user={user} />
  return <HomeScreen user={user} />
}

function Page() {
  const { api, session, router } = useApp()
  const { texts, language } = useTexts()
  const route = useStore(router)
  const who = useStore(session)
  const [lab, setLab] = useState(false)
  const [open, setOpen] = useState<boolean | null>(null)
  const [crash] = useErrorBoundary((error: unknown) => console.error(error))

  useLayoutEffect(() => {
    document.documentElement.lang = language
  }, [language])
  useEffect(() => {
    void session.resume()
    // A server that cannot be reached says so on the screens; the banner only needs an answer.
    api.health().then(
      ({ profile, time_zone, registration }) => {
        setSchoolZone(time_zone)
        setLab(profile === 'lab')
        setOpen(registration)
      },
      () => setOpen(false),
    )
  }, [api, session])

  return (
    <>
      {lab && (
        <aside class="lab" aria-label={texts.labName} data-testid="lab-banner">
          {texts.lab}
        </aside>
      )}
      <TopBar />
      <main id="main">
        {crash ? (
          <CrashScreen />
        ) : (
          <Current
            key={who.is === 'in' || route === 'email' ? route : who.is}
            route={route}
            session={who}
            open={open}
          />
        )}
      </main>
    </>
  )
}

/** The phone page. */
export function App({ parts }: { parts: AppParts }) {
  return (
    <AppContext.Provider value={parts}>
      <Page />
    </AppContext.Provider>
  )
}
