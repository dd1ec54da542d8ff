import { StorageProblem } from '../../client/outbox/storage-problem.ts'
import { makePerson } from '../../server/test/test-capture.ts'
import type { TestDevice } from '../../server/test/test-server.ts'
import { makeCheapCapture, makeRealCapture } from './captures.ts'
import { openPage, type Page } from './kiosk.ts'
import type { Ledger, Visit } from './ledger.ts'
import type { Chance } from './random.ts'
import { pairAnewLater } from './revocation.ts'
import type { School } from './school.ts'
import type { ServerHost } from './server-host.ts'
import type { Tablet } from './tablet.ts'
import { createLife, type World } from './world.ts'

/** One kiosk at its door: its tablet, the pages open on it, and the count of the day. */
export interface Door {
  readonly index: number
  tablet: Tablet
  /** Its tablet was stolen, and another one stands at the door of this index. */
  readonly isGone: boolean
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
  /** Doors of tablets that were stolen. */
  readonly gone: Door[]
  /** A tablet for a door. */
  equip(door: Pick<Door, 'index'>, device: TestDevice): Tablet
  trace(...words: (string | number)[]): void
}

const FOREVER = createLife()
const BEAT_MS = 2 * 3_600_000

/** Opens a page on the tablet, with its first heartbeat and the later ones. */
export async function openDoor(scene: Scene, door: Door): Promise<void> {
  const { world, host, chance, trace } = scene
  const page = await openPage(
    {
      world,
      host,
      chance,
      told: {
        outcome: ({ kind, receipted }) => trace(door.index, 'drain', kind, receipted),
        shutOut() {
          trace(door.index, 'shut out')
          pairAnewLater(scene, door)
        },
      },
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

/** Somebody walks up and is taken down, or turned away. */
export function visit(scene: Scene, door: Door): void {
  const [page] = door.pages
  if (page === undefined) turnedAway(scene, door, 'no page')
  else if (door.tablet.shut) turnedAway(scene, door, 'shut out')
  else scene.world.start(page.life, () => walkUp(scene, door, page))
}

async function walkUp(scene: Scene, door: Door, page: Page): Promise<void> {
  const { world, chance, ledger, trace } = scene
  const id = chance.uuid()
  const who = cast(scene, door.index)
  const walkMs = chance.between(7_000, 15_000)
  const really = chance.hits(scene.realShare)
  const { clock, outbox, life } = page
  // The door may have another one before the walk is over.
  const { tablet } = door
  try {
    const time = clock.now()
    const ticket = await outbox.tickets.take(time.trusted ? time.ms : null)
    if (life.over) return
    if (ticket === null) return turnedAway(scene, door, 'no ticket')
    await world.sleep(walkMs, life)
    if (tablet.shut) return turnedAway(scene, door, 'shut out')
    const capture = really
      ? await makeRealCapture(ticket, who.pupil?.person ?? makePerson(), tablet.device)
      : makeCheapCapture(ticket, who.pupil === null ? -1 : scene.school.pupils.indexOf(who.pupil), id)
    const stamp = clock.stamp()
    const one: Visit = {
      id,
      kiosk: door.index,
      device: tablet.device.id,
      ...who,
      at: world.now(),
      anchored: stamp.elapsed_ms !== null,
      saved: false,
    }
    ledger.visits.set(id, one)
    const appended = await outbox.events.append({ id, ticket: ticket.ticket, capture, nim: who.nim, ...stamp })
    // Whoever pulled the plug, nobody has read "saved".
    if (life.over) return
    if (appended.kind === 'failed') return turnedAway(scene, door, appended.why)
    one.saved = true
    door.saved++
    trace(door.index, 'saved', appended.event.counter, id, who.nim ?? '-', String(stamp.elapsed_ms))
    page.loop.appended()
  } catch (error) {
    if (!(error instanceof StorageProblem)) throw error
    if (!life.over) turnedAway(scene, door, error.why)
  }
}

function turnedAway({ trace }: Scene, door: Door, why: string): void {
  trace(door.index, 'away', why)
}
