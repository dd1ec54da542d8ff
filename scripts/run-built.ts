import { buildOrStop } from './build.ts'
import { loadEnvFileOrStop } from './env-file.ts'

// run-built NAME ARGS...: runs dist/server/NAME.js, built first if need be, with what follows as its arguments.
const [name = ''] = process.argv.splice(2, 1)
if (!/^[a-z-]+$/.test(name)) throw new Error('Usage: run-built NAME ARGS...')
loadEnvFileOrStop()
await buildOrStop((line) => process.stderr.write(`${line}\n`))
await import(new URL(`../dist/server/${name}.js`, import.meta.url).href)
