import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

/**
 * Measures the API on a made-up school, in this process. The server's sources are loaded by Vite, which gives them their
 * migrations as the build does.
 */
const vite = await createServer({
  configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
  mode: 'server',
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, watch: null, ws: false },
})
try {
  const { measureApi } = (await vite.ssrLoadModule('/bench/api/measure.ts')) as typeof import('./api/measure.ts')
  await measureApi(process.argv.slice(2))
} finally {
  await vite.close()
}
