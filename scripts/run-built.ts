import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureTools } from './build.ts'
import { loadEnvFileOrStop } from './env-file.ts'

// run-built NAME ARGS...: runs the server's program NAME, built first if need be, with what follows as its arguments.
const [name = ''] = process.argv.splice(2, 1)
if (!/^[a-z-]+$/.test(name)) throw new Error('Usage: run-built NAME ARGS...')
loadEnvFileOrStop()
const folder = await ensureTools((line) => process.stderr.write(`${line}\n`))
await import(pathToFileURL(join(folder, `${name}.js`)).href)
