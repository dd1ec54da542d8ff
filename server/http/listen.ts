import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { ConfigProblem } from '../config.ts'
import type { AppEnv } from './env.ts'
import type { TlsFiles } from './tls.ts'

export interface Listening {
  readonly port: number
  /** The one of the hosts asked for that it listens on. */
  readonly host: string
  /** Serves new connections with another certificate. Throws, and goes on as before, when it cannot be served. */
  renew(tls: TlsFiles): void
  /** Takes no new connection, lets running requests end (at most `patienceMs`), then closes. */
  close(patienceMs: number): Promise<void>
}

export interface ListenOptions {
  readonly host: string
  /** Instead, where this machine has no such address or not its kind. */
  readonly orHost?: string
  /** 0 takes a free one. */
  readonly port: number
  readonly tls: TlsFiles | undefined
}

/** Serves the app. Rejects with ConfigProblem when the port is taken or may not be opened, or the host is not ours. */
export async function listen(app: Hono<AppEnv>, { host, orHost, port, tls }: ListenOptions): Promise<Listening> {
  try {
    return await listenOn(app, host, port, tls)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (orHost !== undefined && /^(EAFNOSUPPORT|EADDRNOTAVAIL)$/.test(code))
      return listen(app, { host: orHost, port, tls })
    if (code === 'EADDRINUSE') throw new ConfigProblem(`PORT: ${port} is already in use. Set another one.`)
    if (code === 'EACCES')
      throw new ConfigProblem(`PORT: this process has no right to ${port}. Set one of 1024 or more.`)
    if (error instanceof Error && 'syscall' in error)
      throw new ConfigProblem(`HOST: cannot listen on ${host}, port ${port} (${code}).`)
    throw error
  }
}

function listenOn(app: Hono<AppEnv>, host: string, port: number, tls: TlsFiles | undefined): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const secure = tls === undefined ? undefined : { cert: tls.cert, key: tls.key }
    const server: ServerType = serve(
      {
        fetch: app.fetch,
        hostname: host,
        port,
        ...(secure === undefined
          ? { createServer: createHttpServer }
          : { createServer: createHttpsServer, serverOptions: secure }),
      },
      (info: AddressInfo) =>
        resolve({
          port: info.port,
          host,
          renew: ({ cert, key }) => {
            if ('setSecureContext' in server) server.setSecureContext({ cert, key })
          },
          close: (patienceMs) =>
            new Promise((closed) => {
              const impatient = setTimeout(
                () => 'closeAllConnections' in server && server.closeAllConnections(),
                patienceMs,
              )
              server.close(() => {
                clearTimeout(impatient)
                closed()
              })
              if ('closeIdleConnections' in server) server.closeIdleConnections()
            }),
        }),
    )
    server.once('error', reject)
  })
}
