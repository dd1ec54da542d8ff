/** How often it is looked whether a new version is there, ms. */
const LOOK_MS = 30 * 60_000
/** The same while no version is there at all: the first one broke off, or the browser has thrown it away. */
const AGAIN_MS = 60_000
const QUIET_MS = 5_000

/**
 * Registers the worker that starts the kiosk without network. A new version waits, whole, until nobody is here; only then it
 * takes over and the page is loaded again.
 */
export async function registerShell(isQuiet: () => boolean): Promise<void> {
  const workers = navigator.serviceWorker
  if (workers === undefined) return
  // Not by the controller: a page that was loaded past its worker (shift and reload) has none, and one is there.
  const known = await workers.getRegistration('/kiosk').catch(() => undefined)
  const isKnown = known?.active != null && new URL(known.scope).pathname === '/kiosk'
  let isFirst = !isKnown
  /** A newer version has taken this page over, perhaps at another window's wish. */
  let isOld = false
  const reloadWhenQuiet = () => {
    if (isOld && isQuiet()) location.reload()
  }
  workers.addEventListener('controllerchange', () => {
    // The first worker of a profile takes a page over that is of its own version.
    isOld ||= !isFirst
    isFirst = false
    reloadWhenQuiet()
  })
  setInterval(reloadWhenQuiet, QUIET_MS)
  let registration: ServiceWorkerRegistration | undefined
  setInterval(() => {
    if (registration?.waiting && isQuiet()) registration.waiting.postMessage({ type: 'activate' })
  }, QUIET_MS)
  async function look(): Promise<void> {
    try {
      // A registration whose first version could not be installed is gone for good: it does not update itself.
      const found = await workers.register('/kiosk/sw.js', { scope: '/kiosk' })
      const before = registration
      registration = found
      // The browser itself has just looked, when it opened the page.
      if (before === undefined) return
      // What is installed later may be of a later version than this page.
      if (before !== found) isFirst = false
      if (found.active) await found.update()
    } catch (error) {
      if (isFirst) console.error(error)
      isFirst = false
    } finally {
      setTimeout(() => void look(), registration?.active ? LOOK_MS : AGAIN_MS)
    }
  }
  await look()
}
