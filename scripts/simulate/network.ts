import type { Answer } from '../../client/outbox/send-batch.ts'
import type { Call } from '../../server/test/test-server.ts'
import type { Chance } from './random.ts'
import type { ServerHost } from './server-host.ts'
import { createLife, type Life, type World } from './world.ts'

/** What becomes of one request on its way. */
export type Fate = 'slow' | 'lost-request' | 'lost-reply' | 'duplicated' | 'late' | 'truncated'
export const FATES: readonly Fate[] = ['slow', 'lost-request', 'lost-reply', 'duplicated', 'late', 'truncated']

/** One kiosk's way to the server. */
export interface Network {
  /** No request gets through before this time. */
  downUntil: number
  /** Befalls the next request that gets onto the way. */
  readonly fates: Fate[]
  /** @param sign makes the request anew: a repeated one has a proof of its own. @throws when no answer came */
  send(path: string, sign: () => Promise<Call>, life: Life): Promise<Answer>
}

/** How long a page waits for an answer, ms. */
const PATIENCE_MS = 20_000
/** As `AbortSignal.timeout` ends a request. */
const ranOut = () => new DOMException('no answer', 'TimeoutError')
/** What a page that is over asks for: no answer, and no chance is drawn for it. */
const silence = () => new Promise<never>(() => {})
/** A request that outlives any page. */
const FOREVER = createLife()

/** @param bite told of each fault that happened @param seen told of each answer the server gave, also of lost ones */
export function createNetwork(
  world: World,
  host: ServerHost,
  chance: Chance,
  bite: (fault: string) => void,
  seen: (path: string, answer: Answer) => void,
): Network {
  const serve = async (path: string, call: Call): Promise<Answer> => {
    const answer = await host.request(path, call)
    seen(path, answer)
    return answer
  }
  /** The same again, later than whatever comes next. */
  const serveLater = (path: string, call: Call, ms: number) =>
    world.at(world.now() + ms, FOREVER, async () => {
      await serve(path, call).catch(() => undefined)
    })

  const network: Network = {
    downUntil: 0,
    fates: [],
    async send(path, sign, life) {
      if (life.over) return silence()
      if (world.now() < network.downUntil) {
        const refused = chance.hits(0.8)
        await world.sleep(refused ? 50 : PATIENCE_MS, life)
        throw refused ? new Error('no network') : ranOut()
      }
      const fate = network.fates.shift()
      if (fate !== undefined) bite(fate)
      const call = await sign()
      if (life.over) return silence()
      await world.sleep(fate === 'slow' ? chance.between(2_000, 15_000) : chance.between(20, 200), life)
      if (fate === 'lost-request' || fate === 'late') {
        if (fate === 'late') serveLater(path, await sign(), chance.between(20_000, 50_000))
        await world.sleep(PATIENCE_MS, life)
        throw ranOut()
      }
      const answer = await serve(path, call)
      if (life.over) return silence()
      if (fate === 'duplicated') serveLater(path, await sign(), chance.between(1, 55_000))
      await world.sleep(fate === 'lost-reply' ? PATIENCE_MS : chance.between(20, 200), life)
      if (fate === 'lost-reply') throw ranOut()
      return fate === 'truncated' ? { ...answer, body: null } : answer
    },
  }
  return network
}
