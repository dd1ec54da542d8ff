import { ensureBuilt } from './build.ts'

// The server runs in this very process, so that signals, exit code and terminal are its own.
await ensureBuilt((line) => process.stdout.write(`${line}\n`))
await import(new URL('../dist/server/main.js', import.meta.url).href)
