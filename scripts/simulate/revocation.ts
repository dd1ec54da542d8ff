import { closePages, type Door, openDoor, type Scene, visit } from './door.ts'
import type { Fault } from './faults.ts'
import { letIn, shutOut } from './office.ts'
import { createLife } from './world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const FOREVER = createLife()

/**
 * A kiosk is shut out, mostly while it is without network and goes on taking people in. Either it hears of it and is paired
 * anew, or it was stolen: another tablet takes its place at once, and the old one goes on elsewhere.
 */
export const REVOCATION: Fault = async (scene, door, bite) => {
  const { world, host, chance, ledger } = scene
  const { tablet } = door
  if (tablet.shut || ledger.shutOut.has(tablet.device.id)) return
  const hours = chance.hits(0.8) ? chance.between(0.5, 4) : 0
  tablet.network.downUntil = Math.max(tablet.network.downUntil, world.now() + hours * HOUR)
  // A kiosk without network asks again every few seconds, here only when it is of use.
  world.at(tablet.network.downUntil + chance.between(0, 10_000), FOREVER, () => {
    for (const { life, beat } of door.pages) world.at(world.now(), life, beat)
  })
  const isStolen = chance.hits(0.4)
  world.at(world.now() + chance.between(0, Math.max(hours, 0.1)) * HOUR, FOREVER, async () => {
    // It may have been paired anew since.
    if (door.tablet !== tablet || tablet.shut || ledger.shutOut.has(tablet.device.id)) return
    bite(isStolen ? 'stolen' : 'revoked')
    await shutOut(host.server(), tablet.device.id, world.now())
    ledger.shutOut.set(tablet.device.id, world.now())
    if (isStolen) await replace(scene, door)
  })
}

/** Another tablet stands at the door; people go on walking up to the old one, wherever it is now. */
async function replace(scene: Scene, door: Door): Promise<void> {
  const { world, host, chance } = scene
  const old: Door = { ...door, pages: door.pages.splice(0), isGone: true }
  scene.gone.push(old)
  if (old.pages.length === 0) await openDoor(scene, old)
  for (let n = chance.below(8); n > 0; n--)
    world.at(world.now() + chance.between(0, 8) * HOUR, FOREVER, () => visit(scene, old))
  door.tablet = scene.equip(door, await letIn(host.server(), door.index, world.now()))
  await openDoor(scene, door)
}

/** The tablet has heard that it was shut out: it is paired anew as soon as the client lets its key go. */
export function pairAnewLater(scene: Scene, door: Door): void {
  if (door.isGone) return
  const { world, chance } = scene
  const { tablet } = door
  const isDone = () => !tablet.shut || door.tablet !== tablet
  const pair = async () => {
    if (isDone()) return
    closePages(door)
    tablet.device = await letIn(scene.host.server(), door.index, world.now())
    tablet.shut = false
    await openDoor(scene, door)
  }
  const press = async () => {
    if (isDone()) return
    world.at(world.now() + chance.between(5 * MINUTE, 20 * MINUTE), FOREVER, press)
    if (door.pages.length === 0) await openDoor(scene, door)
    const [page] = door.pages
    if (page === undefined) return
    void page.leave().then((may) => {
      if (may) world.at(world.now(), FOREVER, pair)
    })
  }
  // Whoever stands there in a hurry presses before what waits is sent, perhaps with the network gone again.
  const isHasty = chance.hits(0.5)
  if (isHasty && chance.hits(0.5)) tablet.network.downUntil = world.now() + chance.between(MINUTE, HOUR)
  world.at(world.now() + (isHasty ? chance.between(0, 100) : chance.between(MINUTE, 30 * MINUTE)), FOREVER, press)
}
