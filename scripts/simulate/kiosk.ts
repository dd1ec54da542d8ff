import { z } from 'zod'
import { createDrain, type DrainOutcome, type Lock } from '../../client/outbox/drain.ts'
import { createDrainLoop, type DrainLoop } from '../../client/outbox/drain-loop.ts'
import { createKioskClock, type KioskClock } from '../../client/outbox/kiosk-clock.ts'
import { leavePairing } from '../../client/outbox/leave-pairing.ts'
import { type Outbox, openOutbox } from '../../client/outbox/outbox.ts'
import type { Answer } from '../../client/outbox/send-batch.ts'
import { StorageProblem } from '../../client/outbox/storage-problem.ts'
import { signCall } from '../../server/test/test-kiosk.ts'
import { heartbeatReply, leaseReply } from '../../shared/contract/kiosk-offline.ts'
import { problemSchema } from '../../shared/contract/problem.ts'
import type { Chance } from './random.ts'
import type { ServerHost } from './server-host.ts'
import { EVENTS, type Tablet } from './tablet.ts'
import { createLife, type Life, type World } from './world.ts'

/** One open page of a kiosk: the client's real outbox, drain, loop and clock. */
export interface Page {
  readonly life: Life
  readonly outbox: Outbox
  readonly clock: KioskClock
  readonly loop: DrainLoop
  /** Heartbeat, and more tickets when they get few. */
  beat(): Promise<void>
  /** Paired anew: whether the key may go (client/outbox/leave-pairing.ts), by staff who let go what is refused. Time has to pass for it. */
  leave(): Promise<boolean>
  /** Reloaded, closed or killed: nothing in it goes on. */
  end(): void
}

export interface Told {
  outcome(outcome: DrainOutcome): void
  /** The server does not know this kiosk any more. */
  shutOut(): void
}

/** More tickets are asked for when at least so many are missing. */
const LEASE = 20
const timeReply = z.object({ epoch_ms: z.number() })

export async function openPage(
  { world, host, chance: source, told }: { world: World; host: ServerHost; chance: Chance; told: Told },
  tablet: Tablet,
): Promise<Page> {
  const life = createLife()
  // Its own, so that what it draws does not hang on what somebody else is doing in the same moment.
  const chance = source.fork(source.uuid())
  const { device, network } = tablet
  const outbox = openOutbox(device.id, tablet.profile.options(life))
  const born = world.now()
  const clock = createKioskClock(
    () => world.now() - born,
    () => world.now() + tablet.wallOffset,
  )

  /** A signed request; where its time was refused, the server's is asked for, and it is sent once more. */
  async function send(path: string, text: string): Promise<Answer> {
    const body: unknown = JSON.parse(text)
    const sign = () =>
      signCall(host.server(), device, path, { body }, { claims: { iat: Math.floor(clock.now().ms / 1000) } })
    const answer = await network.send(path, sign, life)
    if (answer.status !== 401) return answer
    const time = await network.send('/api/v1/kiosk/time', async () => ({}), life)
    const read = timeReply.safeParse(time.body)
    if (!read.success) throw new Error('no time')
    clock.serverSaid(read.data.epoch_ms)
    return network.send(path, sign, life)
  }

  const lock: Lock = async (work) => {
    if (!tablet.locks) return work()
    if (tablet.lockedBy !== null && !tablet.lockedBy.over) return null
    tablet.lockedBy = life
    try {
      return await work()
    } finally {
      if (tablet.lockedBy === life) tablet.lockedBy = null
    }
  }
  const drain = createDrain({
    events: outbox.events,
    post: (body) => send(EVENTS, body),
    now: () => clock.now().ms,
    heard: (token) => {
      clock.heard(token, null)
      void world.track(life, () => outbox.state.saveTimeToken(token)).catch(() => undefined)
    },
    lock,
  })
  // Whoever joins a run must not keep time from passing, which it needs: it is tracked once.
  let running: Promise<DrainOutcome> | null = null
  const run = () => {
    running ??= world.track(life, drain.run).finally(() => {
      running = null
    })
    return running
  }
  const loop = createDrainLoop({
    run,
    random: chance.next,
    timer: (ms, call) => world.at(world.now() + ms, life, call),
    onOutcome: told.outcome,
  })

  async function refill({
    stock_target: target,
    renew_within,
    epoch_ms,
  }: z.infer<typeof heartbeatReply>): Promise<void> {
    const held = await outbox.tickets.count(epoch_ms + renew_within * 1000)
    if (held > target - LEASE || life.over) return
    const id = await outbox.tickets.leaseId(chance.uuid())
    const body = { id, held, count: Math.min(100, target - held) }
    const answer = await send('/api/v1/kiosk/leases', JSON.stringify(body))
    const reply = leaseReply.safeParse(answer.body)
    if (!reply.success) return
    await outbox.tickets.add(reply.data.tickets, clock.now().ms, id)
  }

  return {
    life,
    outbox,
    clock,
    loop,
    leave: async () => (await leavePairing(run, outbox.events)) !== 'kept',
    async beat() {
      if (tablet.shut) return
      try {
        const { queue } = await outbox.events.counts()
        const how = { queue, oldest: await outbox.events.oldest(), stock: await outbox.tickets.count(), version: 's' }
        const { status, body } = await send('/api/v1/kiosk/heartbeat', JSON.stringify(how))
        if (status === 401 && problemSchema.safeParse(body).success && !tablet.shut && !life.over) {
          tablet.shut = true
          told.shutOut()
          await outbox.forget()
          return loop.nudge()
        }
        const reply = heartbeatReply.safeParse(body)
        if (status !== 200 || !reply.success || life.over) return
        clock.heard(reply.data.time_token, reply.data.epoch_ms)
        await outbox.state.saveTimeToken(reply.data.time_token)
        await outbox.state.saveHeartbeat(reply.data)
        await outbox.tickets.dropExpired(reply.data.epoch_ms)
        await refill(reply.data)
        loop.nudge()
      } catch (error) {
        // No network or no storage: the next beat tries again. Anything else is a mistake of ours.
        if (
          error instanceof StorageProblem ||
          (error instanceof Error && /^no |^server|^before|^after/.test(error.message))
        )
          return
        throw error
      }
    },
    end() {
      world.end(life)
      loop.stop()
      outbox.close()
    },
  }
}
