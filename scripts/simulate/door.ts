import { StorageProblem } from '../../client/outbox/storage-problem.ts'
import { makePerson } from '../../server/test/test-capture.ts'
import { makeCheapCapture, makeRealCapture } from './captures.ts'
import { openPage, type Page, type Tablet } from './kiosk.ts'
import type { Ledger, Visit } from './ledger.ts'
import type { Chance } from './random.ts'
import type { School } from './school.ts'
import type { ServerHost } from './server-host.ts'
import type { Life, World } from './world.ts'

/** One kiosk at its door: its tablet, the pages open on it, and the count of the day. */
export interface Door {
  readonly index: number
  readonly tablet: Tablet
  pages: Page[]
  saved: number
  faults: number
}

export interface Scene {
  readonly world: World
  readonly host: ServerHost
  readonly ledger: Ledger
  readonly school: School
  readonly chance: Chance
  /** Of the captures, so many are really sealed. */
  readonly realShare: number
  trace(...words: (string | number)[]): void
}

const FOREVER: Life = { over: false }
const BEAT_MS = 30 * 60_000

/** Opens a page on the tablet, with its first heartbeat and the later ones. */
export async function openDoor(scene: Scene, door: Door): Promise<void> {
  const { world, host, chance, trace } = scene
  const page = await openPage(
    {
      world,
      host,
      chance,
      told: { outcome: ({ kind, receipted }) => trace(door.index, 'drain', kind, receipted) },
    },
    door.tablet,
  )
  door.pages.push(page)
  try {
    await page.outbox.open()
    const token = await page.outbox.state.timeToken()
    if (token !== null) page.clock.restore(token)
  } catch (error) {
    if (!(error instanceof StorageProblem)) throw error
  }
  page.loop.nudge()
  const beat = async () => {
    world.at(world.now() + BEAT_MS, page.life, beat)
    await page.beat()
  }
  world.at(world.now(), page.life, beat)
}

export function closePages(door: Door): void {
  for (const page of door.pages.splice(0)) page.end()
}

/** The browser is gone with all its pages, and comes back after a while. */
export function crash(scene: Scene, door: Door, awayMs: number): void {
  closePages(door)
  scene.world.at(scene.world.now() + awayMs, FOREVER, async () => {
    if (door.pages.length === 0) await openDoor(scene, door)
  })
}

/** Whom the visit is of, and under which name. */
function cast({ chance, school }: Scene, index: number): Pick<Visit, 'pupil' | 'nim'> {
  const own = school.pupils.filter(({ kiosk }) => kiosk === index)
  const dice = chance.next()
  if (dice < 0.04) return { pupil: null, nim: null }
  if (dice < 0.08) return { pupil: null, nim: chance.pick(school.unenrolled[index] ?? []) }
  // Of another class, whom this kiosk may not recognise; with three classes only.
  const pupil = dice < 0.11 ? chance.pick(school.pupils) : chance.pick(own)
  if (dice < 0.3) return { pupil, nim: null }
  return { pupil, nim: dice < 0.34 ? chance.pick(own).nim : pupil.nim }
}

/** Somebody walks up and is taken down, or turned away. @returns whether the kiosk said "saved" */
export async function visit(scene: Scene, door: Door): Promise<boolean> {
  const { world, chance, ledger, trace } = scene
  const id = chance.uuid()
  const who = cast(scene, door.index)
  const walkMs = chance.between(7_000, 15_000)
  const really = chance.hits(scene.realShare)
  const page = door.pages[0]
  if (page === undefined) return turnedAway(scene, door, 'no page')
  const { clock, outbox, life } = page
  try {
    const time = clock.now()
    const ticket = await outbox.tickets.take(time.trusted ? time.ms : null)
    if (life.over) return false
    if (ticket === null) return turnedAway(scene, door, 'no ticket')
    await world.sleep(walkMs, life)
    const capture = really
      ? await makeRealCapture(ticket, who.pupil?.person ?? makePerson(), door.tablet.device)
      : makeCheapCapture(ticket, who.pupil === null ? -1 : scene.school.pupils.indexOf(who.pupil), id)
    const stamp = clock.stamp()
    const one: Visit = {
      id,
      kiosk: door.index,
      ...who,
      at: world.now(),
      anchored: stamp.elapsed_ms !== null,
      saved: false,
    }
    ledger.visits.set(id, one)
    const appended = await outbox.events.append({ id, ticket: ticket.ticket, capture, nim: who.nim, ...stamp })
    // Whoever pulled the plug, nobody has read "saved".
    if (life.over) return false
    if (appended.kind === 'failed') return turnedAway(scene, door, appended.why)
    one.saved = true
    door.saved++
    trace(door.index, 'saved', appended.event.counter, id, who.nim ?? '-', String(stamp.elapsed_ms))
    page.loop.appended()
    return true
  } catch (error) {
    if (!(error instanceof StorageProblem)) throw error
    return life.over ? false : turnedAway(scene, door, error.why)
  }
}

function turnedAway({ trace }: Scene, door: Door, why: string): false {
  trace(door.index, 'away', why)
  return false
}
