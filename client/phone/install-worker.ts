/**
 * Lets the page open without a network from its next visit on. Not on plain http, where there are no workers, and not while
 * developing. A refusal (storage switched off, a certificate the browser does not trust) costs nothing but that.
 */
export function installWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/service-worker.js', { scope: '/', updateViaCache: 'none' }).catch(() => undefined)
}
