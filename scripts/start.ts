import { buildOrStop } from './build.ts'

// The server runs in this very process, so that signals, exit code and terminal are its own.
await buildOrStop((line) => process.stdout.write(`${line}\n`))
await import(new URL('../dist/server/main.js', import.meta.url).href)
