import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { generate } from 'selfsigned'
import type { TlsChoice } from '../arguments.ts'
import { ConfigProblem } from '../config.ts'
import { writePrivateFile } from './keys.ts'

export interface TlsFiles {
  readonly cert: string
  readonly key: string
  /**
   * When the certificate is self-made: the file phones are to trust, and the SHA-256 fingerprint of the certificate they
   * are shown, to be compared with what a phone's warning says.
   */
  readonly own?: { readonly authority: string; readonly fingerprint: string }
}

const DAY_MS = 86_400_000

/** Own authority: five years. Its certificates: 397 days, since browsers refuse more than 398. */
const AUTHORITY_DAYS = 1825
const CERTIFICATE_DAYS = 397

/** A certificate that ends sooner than this is made anew. */
const RENEW_DAYS = 30

/**
 * The pair of a choice: the files given, as they are at this time, or one of our own making. With `current`, the pair in
 * use, an own one is made anew only when that ends within 30 days. Throws ConfigProblem as `readTls` does.
 */
export async function readChosenTls(
  choice: Exclude<TlsChoice, 'none'>,
  keysPath: string,
  now: number,
  current?: TlsFiles,
): Promise<TlsFiles> {
  if (choice !== 'self-made') return readTls(choice.certPath, choice.keyPath)
  return current !== undefined && !endsSoon(current.cert, now) ? current : makeTls(keysPath, now)
}

/** The certificate chain and key in two PEM files. Throws ConfigProblem, with the file's name, when they are no pair. */
function readTls(certPath: string, keyPath: string): TlsFiles {
  const cert = told(certPath, 'cannot be read', () => readFileSync(certPath, 'utf8'))
  const key = told(keyPath, 'cannot be read', () => readFileSync(keyPath, 'utf8'))
  const certificate = parseCertificate(certPath, cert)
  const privateKey = parseKey(keyPath, key)
  if (!certificate.checkPrivateKey(privateKey)) throw new ConfigProblem(`${keyPath}: is not the key of ${certPath}.`)
  told(certPath, 'cannot be served', () => createSecureContext({ cert, key }))
  return { cert, key }
}

/** Does what a file is for, or throws ConfigProblem with its name and what is wrong. */
function told<T>(path: string, problem: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = error instanceof Error && 'syscall' in error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new ConfigProblem(`${path}: ${problem}${code}.`)
  }
}

const parseCertificate = (path: string, text: string) =>
  told(path, 'is no certificate in PEM', () => new X509Certificate(text))
const parseKey = (path: string, text: string) =>
  told(path, 'is no private key in PEM without a passphrase', () => createPrivateKey(text))

/**
 * A self-made certificate for this machine's names and addresses, kept in `keys/tls`. It is signed by an authority of
 * its own, made once: phones that trust `authority.pem` go on trusting when the machine gets another address. Throws
 * ConfigProblem, with the file's name, when one that is kept is broken.
 */
export async function makeTls(keysPath: string, now: number): Promise<TlsFiles> {
  const folder = join(keysPath, 'tls')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const at = (name: string) => join(folder, name)
  const own = (cert: string) => ({
    authority: at('authority.pem'),
    fingerprint: new X509Certificate(cert).fingerprint256,
  })
  const kept = (name: string) => {
    if (!existsSync(at(name))) return undefined
    const text = readFileSync(at(name), 'utf8')
    if (name.endsWith('.key')) parseKey(at(name), text)
    else parseCertificate(at(name), text)
    return text
  }

  let authority = { cert: kept('authority.pem'), key: kept('authority.key') }
  if (authority.cert === undefined || authority.key === undefined || endsSoon(authority.cert, now)) {
    const made = await makeAuthority(now)
    writePrivateFile(at('authority.key'), made.private)
    writePrivateFile(at('authority.pem'), made.cert)
    authority = { cert: made.cert, key: made.private }
  }
  const { cert: authorityCert, key: authorityKey } = authority
  if (authorityCert === undefined || authorityKey === undefined) throw new Error('No authority to sign with.')

  const names = ownNames()
  const cert = kept('server.pem')
  const key = kept('server.key')
  if (cert !== undefined && key !== undefined && !endsSoon(cert, now) && covers(cert, names, authorityCert))
    return { cert, key, own: own(cert) }

  const made = await makeCertificate(names, { cert: authorityCert, key: authorityKey }, now)
  writePrivateFile(at('server.key'), made.private)
  writePrivateFile(at('server.pem'), made.cert)
  return { cert: made.cert, key: made.private, own: own(made.cert) }
}

interface Names {
  readonly dns: readonly string[]
  readonly ip: readonly string[]
}

/** The names and addresses people on the same network may type. */
export function ownNames(): Names {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address)
    // A link-local address needs a zone, which no certificate can carry.
    .filter((address) => !address.startsWith('fe80'))
  const name = hostname().toLowerCase()
  return {
    dns: [...new Set(['localhost', name, `${name}.local`])].filter((text) => /^[a-z0-9.-]+$/.test(text)),
    ip: [...new Set(['127.0.0.1', '::1', ...own])],
  }
}

function endsSoon(cert: string, now: number): boolean {
  return Date.parse(new X509Certificate(cert).validTo) - now < RENEW_DAYS * DAY_MS
}

function covers(cert: string, names: Names, authority: string): boolean {
  const certificate = new X509Certificate(cert)
  return (
    certificate.verify(new X509Certificate(authority).publicKey) &&
    names.dns.every((name) => certificate.checkHost(name) !== undefined) &&
    names.ip.every((ip) => certificate.checkIP(ip) !== undefined)
  )
}

function makeAuthority(now: number) {
  return generate([{ name: 'commonName', value: `Smart Absensi ${hostname()}` }], {
    ...keyOf(now, AUTHORITY_DAYS),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
}

function makeCertificate(names: Names, ca: { cert: string; key: string }, now: number) {
  return generate([{ name: 'commonName', value: 'Smart Absensi' }], {
    ...keyOf(now, CERTIFICATE_DAYS),
    ca,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.dns.map((value) => ({ type: 2 as const, value })),
          ...names.ip.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  })
}

/** ECDSA on P-256. Valid since yesterday: a phone's clock may be behind. */
function keyOf(now: number, days: number) {
  return {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now - DAY_MS + days * DAY_MS),
  } as const
}
