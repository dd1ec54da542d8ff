import { BlockList, isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { AppEnv } from './env.ts'

/**
 * Finds the caller's address and whether the caller speaks TLS. `X-Forwarded-For` and `X-Forwarded-Proto` count only
 * when the socket belongs to one of `trusted` (addresses or CIDR ranges), read from the right: the last hop that is not
 * a trusted proxy is the caller. Where that hop is no address, the socket's counts: what stands before it, the caller
 * may have written herself.
 */
export function callerAddress(trusted: readonly string[], ownTls: boolean): MiddlewareHandler<AppEnv> {
  const isTrusted = trustedList(trusted)
  return async function address(c, next) {
    const socket = socketAddress(c)
    const behindProxy = isTrusted(socket)
    const hops = behindProxy
      ? (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hopAddress(hop.trim()))
      : []
    const caller = hops.reverse().find((hop) => !isTrusted(hop)) ?? ''
    c.set('address', isIP(caller) === 0 ? socket : caller)
    c.set('secure', behindProxy ? c.req.header('x-forwarded-proto') === 'https' : ownTls)
    await next()
  }
}

/** The name a rate limit counts an address under: an IPv6 address by its /64 (one subscriber's), IPv4 as it is. */
export function addressBucket(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups =
    tail === undefined ? left : [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

function socketAddress(c: Context): string {
  try {
    return plainAddress(getConnInfo(c).remote.address ?? '')
  } catch {
    // No socket: a request made inside the process.
    return ''
  }
}

/** An IPv4 address inside IPv6 (`::ffff:10.0.0.1`) is the IPv4 address; a zone (`%eth0`) says nothing about the caller. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
}

/** The address of a hop: some proxies add the port, and put IPv6 in brackets (RFC 7239, 6). */
function hopAddress(hop: string): string {
  const [, inBrackets, beforePort] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(hop) ?? []
  return plainAddress(inBrackets ?? beforePort ?? hop)
}

/** Whether an address lies in one of some ranges (addresses or CIDR). A range that is none matches nothing. */
export function trustedList(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    const fits = bits === undefined || Number(bits) <= (family === 'ipv6' ? 128 : 32)
    if (isIP(address) === 0 || !fits) continue
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
