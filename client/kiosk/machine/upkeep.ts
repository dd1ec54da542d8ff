import { type ApiProblem, toProblem } from '../../core/api-problem.ts'
import type { KioskClock } from '../../outbox/kiosk-clock.ts'
import type { HeartbeatReply } from '../../outbox/kiosk-state.ts'
import type { Outbox } from '../../outbox/outbox.ts'
import type { RosterEntry } from '../kiosk.ts'
import type { KioskServer } from './server.ts'
import { isShutOut } from './signed-calls.ts'

const BEAT_MS = 60_000
/** Without network it is tried again this often. */
const AWAY_MS = 10_000
/** The most tickets the server leases at once. */
const LEASE = 200

export interface UpkeepOptions {
  readonly server: KioskServer
  readonly outbox: Outbox
  readonly clock: KioskClock
  readonly version: string
  onBeat(reply: HeartbeatReply): void
  /** No heartbeat went through. `answered`: the server is there, and of another version than this page. */
  onAway(answered: boolean): void
  onShutOut(): void
  /** Counts may have changed. */
  onStock(): void
}

/**
 * Whether a call that failed had an answer of our server, if only one for pages of another version: one that cannot be read,
 * or a problem document (a hotel's sign-in page has none).
 */
const wasAnswered = ({ code, problem }: ApiProblem): boolean =>
  code === 'internal' || (problem !== undefined && code !== 'unavailable')

/** Keeps the kiosk ready for days without network: heartbeat, time token, roster, leased tickets. */
export function startUpkeep(options: UpkeepOptions): { beat(): void; stop(): void } {
  const { server, outbox, clock, version } = options
  let timer: ReturnType<typeof setTimeout> | undefined
  let [running, over, again] = [false, false, false]
  let counted: { queue: number; oldest: string | null; stock: number } = { queue: 0, oldest: null, stock: 0 }

  async function refreshRoster(version: string): Promise<void> {
    if ((await outbox.roster.version()) === version) return
    const students: RosterEntry[] = []
    for (;;) {
      const page = await server.roster(students.length)
      students.push(...page.students)
      if (page.students.length === 0 || students.length >= page.total) break
    }
    // Shut out meanwhile, it keeps no names.
    if (!over) await outbox.roster.replace(version, students)
  }

  async function fillStock({ stock_target: target, renew_within }: HeartbeatReply): Promise<void> {
    const now = clock.now()
    if (now.trusted) await outbox.tickets.dropExpired(now.ms)
    const countFresh = () => outbox.tickets.count(now.trusted ? now.ms + renew_within * 1000 : null)
    for (let held = await countFresh(); held < target; ) {
      // The same id until its tickets are kept: neither a lost reply, a full disk nor a restart may cost them.
      const id = await outbox.tickets.leaseId(crypto.randomUUID())
      const { tickets } = await server.lease({ id, held, count: Math.min(LEASE, target - held) })
      if (over) return
      await outbox.tickets.add(tickets, clock.now().ms, id)
      if (tickets.length === 0) return
      held = await countFresh()
      options.onStock()
    }
  }

  /** What the server is told of this kiosk; while the storage fails (`onStock` says so), what was last known. */
  async function readCounts(): Promise<typeof counted> {
    const now = clock.now()
    try {
      const [{ queue }, oldest, stock] = await Promise.all([
        outbox.events.counts(),
        outbox.events.oldest(),
        outbox.tickets.count(now.trusted ? now.ms : null),
      ])
      counted = { queue, oldest, stock }
    } catch (error) {
      console.error(error)
    }
    return counted
  }

  async function once(): Promise<number> {
    const reply = await server.heartbeat({ ...(await readCounts()), version })
    if (over) return BEAT_MS
    clock.heard(reply.time_token, reply.epoch_ms)
    options.onBeat(reply)
    try {
      await outbox.state.saveHeartbeat(reply)
      await outbox.state.saveTimeToken(reply.time_token)
      await refreshRoster(reply.roster_version)
      if (!over) await fillStock(reply)
      return BEAT_MS
    } catch (error) {
      if (isShutOut(error)) throw error
      // The server was heard, and with a network nothing has to be kept here. Tried again soon, with a heartbeat first.
      console.error(error)
      return AWAY_MS
    }
  }

  async function run(): Promise<void> {
    clearTimeout(timer)
    running = true
    const pause = await once().catch((error: unknown) => {
      if (over) return BEAT_MS
      if (isShutOut(error)) options.onShutOut()
      else options.onAway(wasAnswered(toProblem(error)))
      return AWAY_MS
    })
    running = false
    if (over) return
    options.onStock()
    timer = setTimeout(() => void run(), again ? 0 : pause)
    again = false
  }

  void run()
  return {
    beat() {
      if (running) again = true
      else if (!over) void run()
    },
    stop() {
      over = true
      clearTimeout(timer)
    },
  }
}
