import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import type { Hono } from 'hono'
import type { AppEnv } from './env.ts'
import type { TlsFiles } from './tls.ts'

export interface Listening {
  readonly port: number
  /** Serves new connections with another certificate. Throws, and goes on as before, when it cannot be served. */
  renew(tls: TlsFiles): void
  /** Takes no new connection, lets running requests end (at most `patienceMs`), then closes. */
  close(patienceMs: number): Promise<void>
}

/** Serves the app. Port 0 takes a free one. Rejects when the port is taken or may not be opened. */
export function listen(
  app: Hono<AppEnv>,
  { host, port, tls }: { host: string; port: number; tls: TlsFiles | undefined },
): Promise<Listening> {
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
