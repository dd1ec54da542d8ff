import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from '../../client/outbox/send-batch.ts'
import type { Call, TestServer } from '../../server/test/test-server.ts'

/** Where in a request the server dies: before its write is durable, or after it and before the reply. */
export type Crash = 'before' | 'after'

export interface ServerHost {
  readonly server: () => TestServer
  /** A request by the front door. @throws when the server died over it */
  request(path: string, call: Call): Promise<Answer>
  /** Lets the server die at the next write that holds a batch of events; `bite` is told. */
  arm(crash: Crash, bite: () => void): void
  /** Stops and starts it on the same files. */
  restart(): Promise<void>
  close(): Promise<void>
}

class Died extends Error {}

/**
 * The real server, with a plug that can be pulled. @param open starts it on a folder
 * @param crashesAt which path's writes the plug is pulled at
 */
export async function createServerHost(
  folder: string,
  open: (folder: string) => Promise<TestServer>,
  now: () => number,
  crashesAt: string,
): Promise<ServerHost> {
  let server = await open(folder)
  let armed: { readonly crash: Crash; readonly bite: () => void } | null = null
  let dead = false
  let inside = false

  function plug(): void {
    const { db } = server.deps
    const write = db.write
    db.write = async (statements) => {
      if (dead) throw new Died('the server is dead')
      const pulled = inside ? armed : null
      if (pulled === null) return write(statements)
      armed = null
      pulled.bite()
      if (pulled.crash === 'after') await write(statements)
      dead = true
      throw new Died(pulled.crash)
    }
  }
  plug()

  async function restart(): Promise<void> {
    await server.stop()
    server = await open(folder)
    dead = false
    plug()
  }

  return {
    server: () => server,
    async request(path, call) {
      server.clock.now = now()
      inside = path === crashesAt
      try {
        const reply = await server.call(path, call)
        const body: unknown = await reply.json().catch(() => null)
        if (!dead) return { status: reply.status, body }
      } finally {
        inside = false
      }
      await restart()
      throw new Died('no reply')
    },
    arm: (crash, bite) => {
      armed = { crash, bite }
    },
    restart,
    async close() {
      await server.stop()
      rmSync(join(folder), { recursive: true, force: true })
    },
  }
}
