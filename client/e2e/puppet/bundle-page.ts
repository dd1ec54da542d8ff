import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/**
 * One TypeScript file and what it imports as one classic script for a page.
 * @param entry the file's URL
 * @returns the script; nothing is written to disk
 */
export async function bundlePage(entry: URL): Promise<string> {
  const path = fileURLToPath(entry)
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      minify: false,
      modulePreload: false,
      rollupOptions: { input: path, output: { format: 'iife' } },
    },
  })
  const outputs = Array.isArray(built) ? built : [built]
  for (const output of outputs)
    if ('output' in output) for (const chunk of output.output) if (chunk.type === 'chunk') return chunk.code
  throw new Error(`${basename(path)} could not be bundled`)
}
