import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** Flags that make Chromium keep every byte of every connection, whoever in it asked: pages, workers, itself. */
export const netLogFlags = (path: string): string[] => [`--log-net-log=${path}`, '--net-log-capture-mode=Everything']

/** One request as the browser's network stack saw it. */
export interface NetRequest {
  readonly url: string
  readonly method: string
  /** The origin that asked; null: the browser itself (an address typed, its own services). */
  readonly initiator: string | null
}

/** All of a browser's traffic. */
export interface Traffic {
  readonly requests: readonly NetRequest[]
  /** Every byte sent, in order, connection after connection. */
  readonly sent: Buffer
}

const logSchema = z.object({
  constants: z.object({ logEventTypes: z.record(z.string(), z.number()) }),
  events: z.array(z.object({ type: z.number(), source: z.object({ id: z.number() }), params: z.unknown().optional() })),
})
const requestSchema = z.object({ url: z.string(), method: z.string(), initiator: z.string() })
const bytesSchema = z.object({ bytes: z.string() })

/** Reads the log of a browser that has been closed. */
export async function readTraffic(path: string): Promise<Traffic> {
  const { constants, events } = logSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  const { URL_REQUEST_START_JOB: asked, SOCKET_BYTES_SENT: sent } = constants.logEventTypes
  const requests: NetRequest[] = []
  const sockets = new Map<number, Buffer[]>()
  for (const { type, source, params } of events) {
    const request = type === asked ? requestSchema.safeParse(params).data : undefined
    if (request) {
      const { url, method, initiator } = request
      requests.push({ url, method, initiator: initiator === 'not an origin' ? null : initiator })
    }
    const chunk = type === sent ? bytesSchema.safeParse(params).data : undefined
    if (chunk) sockets.set(source.id, [...(sockets.get(source.id) ?? []), Buffer.from(chunk.bytes, 'base64')])
  }
  return { requests, sent: Buffer.concat([...sockets.values()].flat()) }
}
