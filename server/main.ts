import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readArguments } from './arguments.ts'
import { createPasswords } from './auth/password.ts'
import { readConfig } from './config.ts'
import { writePrivateFile } from './http/keys.ts'
import { listen } from './http/listen.ts'
import { createLog } from './http/log.ts'
import { ownNames, readChosenTls } from './http/tls.ts'
import { watchTls } from './http/watch-tls.ts'
import { openServer } from './open-server.ts'
import { whyStopped } from './ops/why-stopped.ts'
import { FIRST_ADMIN_NIM, makeFirstAdmin } from './users/first-admin.ts'

/** How long running requests may take to end after Ctrl-C, ms. */
const CLOSE_PATIENCE_MS = 5_000

const THIS_MACHINE = { host: '127.0.0.1' }
/** IPv6 and IPv4 alike, or IPv4 alone where the other is switched off. */
const EVERYWHERE = { host: '::', orHost: '0.0.0.0' }

const say = (line: string) => process.stdout.write(`${line}\n`)
const now = () => Date.now()

async function main(): Promise<void> {
  // Whatever is made here (database, logs of it, keys) is for the owner of the process alone.
  process.umask(0o077)
  const choice = readArguments(process.argv.slice(2))
  const config = readConfig(process.env)
  const log = createLog(config.logLevel, now, (line) => process.stderr.write(`${line}\n`))
  const passwords = createPasswords()
  const tls = choice === 'none' ? undefined : await readChosenTls(choice, config.keysPath, now())
  const { app, deps, runner, close } = await openServer(config, {
    log,
    now,
    passwords,
    clientFolder: fileURLToPath(new URL('../client', import.meta.url)),
    tls: tls !== undefined,
  })
  const hosts = config.host !== undefined ? { host: config.host } : tls === undefined ? THIS_MACHINE : EVERYWHERE
  const listening = await listen(app, { ...hosts, port: config.port, tls })

  const tlsWatch =
    choice === 'none' || tls === undefined
      ? undefined
      : watchTls(tls, {
          read: (current) => readChosenTls(choice, config.keysPath, now(), current),
          use: listening.renew,
          log,
        })

  // Before the address is printed: whoever reads it may already want the end.
  let ending = false
  const end = async (): Promise<void> => {
    if (ending) return
    ending = true
    tlsWatch?.stop()
    await listening.close(CLOSE_PATIENCE_MS)
    await close()
    log.info('ended')
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end())

  announceAdmin(await makeFirstAdmin(deps, passwords), config.storagePath)
  for (const address of addresses(listening.host, listening.port, tls !== undefined))
    say(`${config.appName}: ${address}`)
  if (tls?.own !== undefined) {
    say(`Certificate (SHA-256): ${tls.own.fingerprint}`)
    say(`Phones trust this address once they trust ${tls.own.authority} (see README.md).`)
  }
  if (config.profile === 'lab') say('LIVENESS_PROFILE=lab: for tests, never for a school.')
  runner.watch()
  log.info('started', { profile: config.profile, port: listening.port })
}

/** To the person at the terminal; else into a file only the owner can read, so that no log keeps it. */
function announceAdmin(password: string | null, storagePath: string): void {
  if (password === null) return
  const text = `First admin: NIM ${FIRST_ADMIN_NIM}, one-time password ${password}`
  if (process.stdout.isTTY) {
    say(`${text}  (shown this once; choose your own under "Activate account")`)
    return
  }
  const path = join(storagePath, 'first-admin.txt')
  writePrivateFile(path, `${text}\n`)
  say(`First admin: the one-time password is in ${path}`)
}

function addresses(host: string, port: number, tls: boolean): string[] {
  const scheme = tls ? 'https' : 'http'
  if (host !== '::' && host !== '0.0.0.0') return [`${scheme}://${host === '127.0.0.1' ? 'localhost' : host}:${port}`]
  return ['localhost', ...ownNames().ip.filter((ip) => !ip.includes(':') && ip !== '127.0.0.1')].map(
    (name) => `${scheme}://${name}:${port}`,
  )
}

main().catch((error: unknown) => {
  process.stderr.write(`${whyStopped(error)}\n`)
  process.exit(1)
})
