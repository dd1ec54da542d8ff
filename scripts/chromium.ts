import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** No browser was found. The message is one line that says how to get one. */
export class ChromiumProblem extends Error {}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'] as const

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The browser that tests, demo and bench drive: `CHROME_PATH`, else Debian's chromium or Chrome from the PATH.
 * @throws ChromiumProblem when there is none
 */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const given = env.CHROME_PATH
  if (given) {
    if (isProgram(given)) return given
    throw new ChromiumProblem('CHROME_PATH names no program: point it at a Chromium or Chrome, or unset it')
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const name of NAMES) for (const folder of folders) if (isProgram(join(folder, name))) return join(folder, name)
  throw new ChromiumProblem('No Chromium found: "sudo apt-get install chromium", or set CHROME_PATH to a Chrome')
}

/** No name but this machine's own is found: what the browser would ask of its maker stays unasked. */
const NO_NETWORK = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'

/**
 * Flags of every Chromium we start. Software WebGL stands in for a GPU; pages are put together without it, as Chrome
 * does where there is no GPU (through software WebGL a camera's preview came to 7 frames a second, without to 23). The
 * rest keeps the browser from calling home or asking anything. `--no-sandbox` only because root, as in most containers,
 * cannot have the sandbox.
 */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-gpu-compositing',
  '--autoplay-policy=no-user-gesture-required',
  NO_NETWORK,
]
