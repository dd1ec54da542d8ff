import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { User } from '../../shared/contract/auth.ts'
import { FailureView } from './failure-view.tsx'

type ScreenType = ComponentType<{ user: User }>

/** Screens that are fetched when they are wanted: the first page stays small. */
const SCREENS = {
  'check-in': async (): Promise<ScreenType> => (await import('./screens/check-in-screen.tsx')).CheckInScreen,
  enrol: async (): Promise<ScreenType> => (await import('./screens/enrol-screen.tsx')).EnrolScreen,
  face: async (): Promise<ScreenType> => (await import('./screens/face-screen.tsx')).FaceScreen,
  attendance: async (): Promise<ScreenType> => (await import('./screens/attendance-screen.tsx')).AttendanceScreen,
  izin: async (): Promise<ScreenType> => (await import('./screens/izin-screen.tsx')).IzinScreen,
  account: async (): Promise<ScreenType> => (await import('./screens/account-screen.tsx')).AccountScreen,
  privacy: async (): Promise<ScreenType> => (await import('./screens/privacy-screen.tsx')).PrivacyScreen,
  password: async (): Promise<ScreenType> => (await import('./screens/password-screen.tsx')).PasswordScreen,
  code: async (): Promise<ScreenType> => (await import('./screens/code-screen.tsx')).CodeScreen,
} as const

export type LazyName = keyof typeof SCREENS

export const isLazy = (route: string): route is LazyName => route in SCREENS

/** Fetches the code of a check-in ahead of it, so that the large button answers at once. A failure is told by the screen. */
export function fetchCheckIn(): void {
  SCREENS['check-in']().catch(() => undefined)
}

/** A screen once its code is there. Browsers remember a failed import: only a reload helps then. */
function Later<P extends object>({ load, props }: { load: () => Promise<ComponentType<P>>; props: P }) {
  const [Loaded, setLoaded] = useState<ComponentType<P> | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let current = true
    load().then(
      (loaded) => current && setLoaded(() => loaded),
      () => current && setFailed(true),
    )
    return () => {
      current = false
    }
  }, [load])
  if (failed) return <FailureView failure="no_network" onRetry={() => location.reload()} />
  return Loaded ? <Loaded {...props} /> : <div class="screen" aria-busy="true" />
}

/** One of the screens of somebody who is signed in. */
export function LazyScreen({ name, user }: { name: LazyName; user: User }) {
  return <Later load={SCREENS[name]} props={{ user }} />
}

const loadRegister = async () => (await import('./screens/register-screen.tsx')).RegisterScreen

/** The form in which an account is asked for: few schools have it. */
export const RegisterLater = () => <Later load={loadRegister} props={{}} />
