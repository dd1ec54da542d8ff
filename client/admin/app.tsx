import type { ComponentChildren } from 'preact'
import { useEffect, useErrorBoundary, useLayoutEffect, useState } from 'preact/hooks'
import { healthApi } from '../../shared/contract/api/health.ts'
import { useStore } from '../core/store.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { AdminContext, type AdminParts, useAdmin, useLanguage, useWords } from './app-context.ts'
import { setSchoolZone } from './format.ts'
import { Skeleton } from './parts/data-table.tsx'
import { Overlays } from './parts/overlays.tsx'
import { SignInScreen } from './screens/sign-in/sign-in-screen.tsx'
import { Shell } from './shell.tsx'
import { common } from './texts.ts'

/** A screen without the menu: for whoever is not, or not yet, inside. `children`: the way on. */
function Gate({ title, body, children }: { title: string; body: string; children: ComponentChildren }) {
  const words = useWords(common)
  const { session } = useAdmin()
  return (
    <main id="main" class="gate">
      <h1>{title}</h1>
      <p>{body}</p>
      {children}
      <Button onPress={() => void session.leave()}>{words.signOut}</Button>
    </main>
  )
}

/** For whoever signed in with the one-time password: she chooses her own where accounts are activated, which is nobody's who is in. */
function TemporaryGate() {
  const words = useWords(common)
  const { session } = useAdmin()
  const [leaving, setLeaving] = useState(false)
  const activate = async () => {
    setLeaving(true)
    await session.leave()
    location.assign('/#/activate')
  }
  return (
    <Gate title={words.ownPassword} body={words.ownPasswordBody}>
      <Button kind="primary" busy={leaving} onPress={() => void activate()} testId="to-activate">
        {words.activate}
      </Button>
    </Gate>
  )
}

function Current() {
  const words = useWords(common)
  const { session, api } = useAdmin()
  const state = useStore(session)
  const isTemporary = useStore(api.isTemporary)
  const [crash] = useErrorBoundary((error: unknown) => console.error(error))
  if (crash)
    return (
      <main id="main" class="gate">
        <h1>{words.app}</h1>
        <Notice kind="bad" title={words.crashed} alert />
        <Button onPress={() => location.reload()}>{words.reload}</Button>
      </main>
    )
  if (state.is === 'starting')
    return (
      <main id="main" class="gate">
        <h1 class="hidden-text">{words.app}</h1>
        <Skeleton label={words.loading} lines={4} />
      </main>
    )
  if (state.is === 'unreachable')
    return (
      <main id="main" class="gate">
        <h1>{words.unreachable}</h1>
        <p>{words.problem.no_network}</p>
        <Button kind="primary" onPress={() => void session.resume()}>
          {words.retry}
        </Button>
      </main>
    )
  if (state.is === 'out') return <SignInScreen ended={state.ended} />
  if (state.user.role === 'user')
    return (
      <Gate title={words.notForYou} body={words.notForYouBody}>
        <a href="/">{words.toStudents}</a>
      </Gate>
    )
  return isTemporary ? <TemporaryGate /> : <Shell />
}

function Console() {
  const { api } = useAdmin()
  const language = useLanguage()
  const words = useWords(common)
  // What the server told is drawn anew with: times as well as the banner.
  const [{ lab }, setHealth] = useState({ lab: false })
  useLayoutEffect(() => {
    document.documentElement.lang = language
  }, [language])
  useEffect(() => {
    // A server that cannot be reached says so on the screens; the banner only needs an answer.
    api.call(healthApi.health).then(
      ({ profile, time_zone }) => {
        setSchoolZone(time_zone)
        setHealth({ lab: profile === 'lab' })
      },
      () => undefined,
    )
  }, [api])
  return (
    <>
      {lab && (
        <aside class="lab" aria-label={words.labName}>
          {words.lab}
        </aside>
      )}
      <Current />
      <Overlays />
    </>
  )
}

/** The console. Its session is taken up by whoever renders it. */
export function App({ parts }: { parts: AdminParts }) {
  return (
    <AdminContext.Provider value={parts}>
      <Console />
    </AdminContext.Provider>
  )
}
