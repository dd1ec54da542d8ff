import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * The simulation and all it runs as one module, made anew each time: the server's migrations are text imports, and calls from
 * module to module are slower than within one. Packages with native parts stay where they are.
 */
export async function loadSimulation(): Promise<typeof import('./run.ts')> {
  // A folder of this process, inside the repository, from where it finds those packages.
  const outDir = join(ROOT, 'dist', `simulate-${process.pid}`)
  try {
    await build({
      configFile: false,
      root: ROOT,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: join(ROOT, 'scripts', 'simulate', 'run.ts'),
        outDir,
        target: 'node20',
        rollupOptions: { external: ['@libsql/client', '@node-rs/bcrypt', 'vite'] },
      },
    })
    return await import(pathToFileURL(join(outDir, 'run.js')).href)
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}
