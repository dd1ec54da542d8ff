import { buildOrStop } from './build.ts'
import { loadEnvFileOrStop } from './env-file.ts'

/** How often the parent is looked at, ms. */
const LOOK_MS = 500

loadEnvFileOrStop()
await buildOrStop((line) => process.stdout.write(`${line}\n`))

// npm runs a script in a shell, and the shell does not pass on the signal that ends it: when the shell is gone (this
// process then belongs to another), so is whoever asked for the server.
const parent = process.ppid
if (process.env.npm_lifecycle_event === 'start')
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, LOOK_MS).unref()

// The server runs in this very process, so that signals, exit code and terminal are its own.
await import(new URL('../dist/server/main.js', import.meta.url).href)
