import { closePages, crash, type Door, openDoor, type Scene } from './door.ts'
import { FATES } from './network.ts'
import { REVOCATION } from './revocation.ts'
import { createLife } from './world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const FOREVER = createLife()

/** Something that goes wrong at a kiosk. A fault counts when it bites, told by `bite`. */
export type Fault = (scene: Scene, door: Door, bite: (name: string) => void) => unknown

export const OUTAGE: Fault = ({ world, chance }, { tablet }, bite) => {
  const hours = chance.hits(0.06) ? chance.between(20, 40) : chance.between(0.2, 6)
  tablet.network.downUntil = Math.max(tablet.network.downUntil, world.now() + hours * HOUR)
  bite('outage')
}

const onTheWay: Fault = ({ chance }, { tablet }) => {
  tablet.network.fates.push(chance.pick(FATES))
}

const clock: Fault = ({ chance }, { tablet }, bite) => {
  const far = chance.pick([2 * MINUTE, 40 * MINUTE, 5 * HOUR, 48 * HOUR])
  tablet.wallOffset += Math.round(chance.between(-far, far))
  bite('clock')
}

const reload: Fault = async (scene, door, bite) => {
  closePages(door)
  bite('reload')
  await openDoor(scene, door)
}

const kill: Fault = (scene, door, bite) => {
  const awayMs = scene.chance.between(MINUTE, 10 * MINUTE)
  const fault = scene.chance.pick(['killed', 'killed late'] as const)
  door.tablet.profile.arm(fault, 1 + scene.chance.below(6), () => {
    bite(fault)
    crash(scene, door, awayMs)
  })
}

const closed: Fault = ({ chance }, { tablet }, bite) => {
  tablet.profile.arm('closed', 1 + chance.below(6), () => bite('closed'))
}

const full: Fault = ({ world, chance }, { tablet }, bite) => {
  let bitten = false
  tablet.profile.arm('full', 1 + chance.below(3), () => {
    if (!bitten) bite('full')
    bitten = true
  })
  world.at(world.now() + chance.between(MINUTE, 15 * MINUTE), FOREVER, tablet.profile.mend)
}

const serverDies: Fault = ({ host, chance }, _, bite) => {
  const where = chance.pick(['before', 'after'] as const)
  host.arm(where, () => bite(`server ${where}`))
}

const secondTab: Fault = async (scene, door, bite) => {
  if (door.pages.length !== 1) return
  bite('second tab')
  await openDoor(scene, door)
  const [, second] = door.pages
  scene.world.at(scene.world.now() + scene.chance.between(MINUTE, HOUR), FOREVER, () => {
    door.pages = door.pages.filter((page) => page !== second)
    second?.end()
  })
}

const noLocks: Fault = (scene, door, bite) => {
  // Plain http has no Web Locks: the tabs then drain side by side.
  door.tablet.locks = false
  return secondTab(scene, door, bite)
}

/** What may happen, the likelier several times. */
export const FAULTS: readonly Fault[] = [
  OUTAGE,
  onTheWay,
  onTheWay,
  onTheWay,
  onTheWay,
  onTheWay,
  clock,
  reload,
  kill,
  kill,
  closed,
  full,
  serverDies,
  serverDies,
  secondTab,
  noLocks,
  REVOCATION,
]

/** One that surely happens, for a day on which too little did. */
export const SURE: Fault = reload
