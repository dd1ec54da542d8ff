import type { Page } from 'playwright-core'

interface Watched {
  painted: number
  /** Milliseconds from the last key to its answer; 0 while there is none. */
  answer: number
  readonly longTasks: { readonly at: number; readonly ms: number }[]
}
declare global {
  var watched: Watched | undefined
}

/** Runs in the page before anything else: notes when Today is painted, and every task over 50 ms. */
export function watchPage(): void {
  const watched: Watched = { painted: 0, answer: 0, longTasks: [] }
  globalThis.watched = watched
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watched.longTasks.push({ at: startTime, ms: duration })
  }).observe({ type: 'longtask', buffered: true })
  const watcher = new MutationObserver(() => {
    if (document.querySelector('[data-testid^="session-"]') === null) return
    watcher.disconnect()
    requestAnimationFrame(() =>
      setTimeout(() => {
        watched.painted = performance.now()
      }),
    )
  })
  watcher.observe(document, { subtree: true, childList: true })
}

/** A page that is quiet for so long has no task under way, ms. */
const QUIET_MS = 500

/** Milliseconds from the navigation until Today was painted and the tasks begun by then were over. */
export async function readInteractive(page: Page): Promise<number> {
  await page.waitForFunction(() => (globalThis.watched?.painted ?? 0) > 0)
  await page.waitForTimeout(QUIET_MS)
  return page.evaluate(() => {
    const { painted, longTasks } = globalThis.watched ?? { painted: Number.NaN, longTasks: [] }
    const ends = longTasks.filter(({ at }) => at < painted + 100).map(({ at, ms }) => at + ms)
    return Math.max(painted, ...ends)
  })
}

/** Runs in the page before a key is pressed: notes when the list at `selector` has answered it, painted. */
export function watchAnswer(selector: string): void {
  const watched = globalThis.watched
  if (!watched) return
  watched.answer = 0
  let pressed = 0
  let asked = false
  const press = ({ timeStamp }: KeyboardEvent) => {
    pressed = timeStamp
  }
  addEventListener('keydown', press, { once: true, capture: true })
  const watcher = new MutationObserver(() => {
    const busy = document.querySelector(selector)?.getAttribute('aria-busy') === 'true'
    if (busy) asked = true
    if (busy || !asked) return
    watcher.disconnect()
    requestAnimationFrame(() => {
      watched.answer = performance.now() - pressed
    })
  })
  watcher.observe(document.body, { subtree: true, childList: true, attributes: true })
}

/** Milliseconds from the key until its answer was there. */
export async function readAnswer(page: Page): Promise<number> {
  await page.waitForFunction(() => (globalThis.watched?.answer ?? 0) > 0)
  return page.evaluate(() => globalThis.watched?.answer ?? Number.NaN)
}
