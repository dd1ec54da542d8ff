import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startBuiltServer } from '../../client/e2e/harness/built-server.ts'
import { makeFolder } from '../../client/e2e/harness/folder.ts'
import { openOffice } from '../../client/e2e/harness/office.ts'
import { readRecording } from '../../client/e2e/harness/stages.ts'
import { enrolCrowd } from '../../client/e2e/kiosk/crowd.ts'
import { comeToDoor, LOADED_MS, openDoor, pairDoor } from '../../client/e2e/kiosk/kiosk-door.ts'
import { id } from '../../client/kiosk/texts-id.ts'

/** Milliseconds of one person at the door. */
export interface Walk {
  readonly kind: string
  /** From her face in view to the first prompt: found, at rest, her open eyes measured. */
  readonly settling: number
  /** From the first prompt to the last act's end, the face back in front: her own time. */
  readonly acting: number
  /** From there to the result on the screen: embedding, sealing, server, reply. */
  readonly answering: number
}

export interface KioskFigures {
  readonly walks: readonly Walk[]
  /** The same page hashing 64 MB (SHA-256), ms: what the machine is worth just then. Median. */
  readonly yardstick: number
}

/** Notes when somebody stands there, and when the result is shown. Runs in the page. */
function watchDoor(): void {
  const watched = { seen: 0, shown: 0 }
  let standing: unknown = null
  Object.defineProperty(globalThis, 'standing', {
    get: () => standing,
    set(next: unknown) {
      // The test tells it again while it waits; the first word counts.
      if (standing === null && next !== null) Object.assign(watched, { seen: performance.now(), shown: 0 })
      standing = next
    },
  })
  new MutationObserver(() => {
    if (watched.shown === 0 && document.querySelector('[data-testid="result"]')) watched.shown = performance.now()
  }).observe(document, { subtree: true, childList: true })
  Object.assign(globalThis, { watchedDoor: watched })
}

const readWatched = (page: Page): Promise<{ seen: number; shown: number }> =>
  page.evaluate(() => ({ ...(globalThis as unknown as { watchedDoor: { seen: number; shown: number } }).watchedDoor }))

const hashOnce = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const bytes = new Uint8Array(64 << 20)
    const start = performance.now()
    await crypto.subtle.digest('SHA-256', bytes)
    return performance.now() - start
  })

/**
 * A paired kiosk with its network, and one student after another before it: the puppet acts, and each has a made-up face
 * that was enrolled. Nobody comes twice.
 */
export async function measureKiosk(
  { gallery, walks: count }: { readonly gallery: number; readonly walks: number },
  tell: (line: string) => void,
): Promise<KioskFigures> {
  const folder = await makeFolder('bench-kiosk-')
  const server = await startBuiltServer({ tell })
  try {
    const office = await openOffice(server)
    tell(`enrolling ${gallery} ...`)
    const crowd = await enrolCrowd(office, gallery)
    const { page, close } = await openDoor(join(folder.path, 'profile'), server.origin)
    try {
      await pairDoor(page, office)
      // Once the page runs from its app shell it is not loaded anew.
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: LOADED_MS })
      // Its networks are there: until then it says how far they are.
      await page.getByText(id.invite, { exact: true }).first().waitFor({ timeout: LOADED_MS })
      // tsx wraps named functions in a helper that a page does not have.
      await page.evaluate('globalThis.__name = (made) => made')
      await page.evaluate(watchDoor)
      const walks: Walk[] = []
      const hashes: number[] = []
      for (const { person, name } of crowd.slice(0, count)) {
        const { kind } = await comeToDoor(page, person)
        const { seen, shown } = await readWatched(page)
        const stages = (await readRecording(page)).stages.filter(({ at }) => at >= seen && at <= shown)
        const first = stages.find(({ stage, prompt }) => stage === 'asking' && prompt !== '')?.at ?? Number.NaN
        const sealing = stages.findLast(({ stage }) => stage === 'sealing')?.at ?? Number.NaN
        const walk = { kind, settling: first - seen, acting: sealing - first, answering: shown - sealing }
        tell(`${name}: ${JSON.stringify(walk, (_, value) => (typeof value === 'number' ? Math.round(value) : value))}`)
        walks.push(walk)
        hashes.push(await hashOnce(page))
      }
      hashes.sort((a, b) => a - b)
      return { walks, yardstick: hashes[hashes.length >> 1] ?? Number.NaN }
    } finally {
      await close()
    }
  } finally {
    await server.stop()
    await folder.remove()
  }
}
