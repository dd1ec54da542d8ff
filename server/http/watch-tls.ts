import { X509Certificate } from 'node:crypto'
import { ConfigProblem } from '../config.ts'
import { describeError, type Log } from './log.ts'
import type { TlsFiles } from './tls.ts'

/** How often the certificate is looked at, ms: whoever renews one does it days before its end. */
const LOOK_MS = 3_600_000

export interface TlsWatch {
  /** Looks once. Never rejects. */
  look(): Promise<void>
  stop(): void
}

/**
 * Serves a renewed certificate without a restart: once an hour `read` is given the pair in use, and when it gives another
 * one, that is handed to `use`. A pair that cannot be read or used is logged, and the old one goes on.
 */
export function watchTls(
  first: TlsFiles,
  { read, use, log }: { read(current: TlsFiles): Promise<TlsFiles>; use(tls: TlsFiles): void; log: Log },
): TlsWatch {
  let current = first
  const look = async (): Promise<void> => {
    try {
      const next = await read(current)
      if (next.cert === current.cert && next.key === current.key) return
      use(next)
      current = next
      const { validTo, fingerprint256 } = new X509Certificate(next.cert)
      log.info('certificate_renewed', { valid_to: validTo, sha256: fingerprint256 })
    } catch (error) {
      const why = error instanceof ConfigProblem ? { problem: error.message } : describeError(error)
      log.error('certificate_not_renewed', why)
    }
  }
  const timer = setInterval(() => void look(), LOOK_MS).unref()
  return { look, stop: () => clearInterval(timer) }
}
