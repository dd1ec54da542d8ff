import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'

/** The start stops with this message; it names the file and the line, never a value. */
export class EnvFileProblem extends Error {}

/**
 * A line that says one thing only, to Node, a shell and systemd alike: nothing, a comment, or NAME=value on one line. A
 * password with a bare # would lose its end without a word, and a quote that is not closed would swallow what follows.
 */
const LINE =
  /^\s*(?:#.*|(?:export\s+)?[A-Za-z_]\w*\s*=\s*(?:(["'`])(?:(?!\1).)*\1\s*|[^#'"`\s][^#]*)?(?:(?<=\s)#.*)?)?$/

/**
 * Sets the variables of an `.env` file in `env`, but for those it already has. No file is nothing to do.
 * @throws EnvFileProblem when it cannot be read, or a line is not NAME=value
 */
export function loadEnvFile(path: string, env: Record<string, string | undefined>): void {
  if (!existsSync(path)) return
  const text = readText(path).replace(/^\uFEFF/, '')
  const wrong = text.split(/\r?\n/).findIndex((line) => !LINE.test(line))
  if (wrong !== -1)
    throw new EnvFileProblem(
      `${path}, line ${wrong + 1}: must be NAME=value, the value in single quotes where it holds a space, a # or a quote.`,
    )
  for (const [name, value] of Object.entries(parseEnv(text))) env[name] ??= value
}

/** `loadEnvFile` with the program's own `.env` and this process, or one line about what is wrong and the end. */
export function loadEnvFileOrStop(): void {
  try {
    loadEnvFile(fileURLToPath(new URL('../.env', import.meta.url)), process.env)
  } catch (error) {
    if (!(error instanceof EnvFileProblem)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error'
    throw new EnvFileProblem(`${path}: cannot be read (${code}).`)
  }
}
