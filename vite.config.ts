import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { phoneWorker, WORKER_FILE } from './scripts/phone-worker.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Browser tests without a camera. */
const SCREENS = ['client/e2e/screens/*.test.ts', 'client/e2e/kiosk/kiosk-screens.test.ts']

/**
 * One configuration for the three builds: the client's pages (`vite build`), the server (`vite build --mode server`)
 * and the tests (`vitest`). Big binaries come from models/build as `?url` imports, so they too are named by hash.
 */
export default defineConfig(({ mode }) => ({
  root: mode === 'client' || mode === 'development' ? at('client') : at('.'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // A worker is served by the service worker in whose scope it lies, whatever page started it: the kiosk's is /kiosk.
  worker: { format: 'es', rollupOptions: { output: { entryFileNames: 'kiosk/assets/[name]-[hash].js' } } },
  plugins: mode === 'client' ? [phoneWorker()] : [],
  build:
    mode === 'server'
      ? {
          ssr: true,
          target: 'node20',
          outDir: at('dist/server'),
          emptyOutDir: true,
          rollupOptions: {
            input: {
              main: at('server/main.ts'),
              'user-add': at('server/cli/user-add.ts'),
              'audit-verify': at('server/cli/audit-verify.ts'),
              'keys-rotate': at('server/cli/keys-rotate.ts'),
              restore: at('server/cli/restore.ts'),
              seed: at('server/cli/seed.ts'),
            },
          },
        }
      : {
          target: 'es2022',
          outDir: at('dist/client'),
          emptyOutDir: true,
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
          chunkSizeWarningLimit: 2000,
          rollupOptions: {
            input: {
              phone: at('client/phone/index.html'),
              admin: at('client/admin/index.html'),
              kiosk: at('client/kiosk/index.html'),
              'service-worker': at('client/phone/service-worker.ts'),
            },
            output: {
              entryFileNames: ({ name }) => (name === 'service-worker' ? WORKER_FILE : 'assets/[name]-[hash].js'),
            },
          },
        },
  test: {
    // What is waited for comes in its own time on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts', 'server/**/*.ts'],
      exclude: ['**/*.test.ts', 'server/test/**', 'server/cli/**', 'server/main.ts'],
      reporter: ['text-summary'],
      thresholds: { lines: 85 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{shared,server,client,models,scripts}/**/*.test.ts'],
          exclude: ['client/e2e/**', '**/*.long.test.ts', '**/node_modules/**', 'dist/**'],
          testTimeout: 20_000,
          // All cores: vitest leaves one alone, which on a machine with two is half of them.
          maxWorkers: '100%',
          // A test leaves the globals as it found them, so the files of one worker can share what they import.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['client/e2e/**/*.test.ts'],
          exclude: ['client/e2e/**/*.long.test.ts', ...SCREENS],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // A camera's walk has its own time: one at once.
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          include: SCREENS,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
          maxConcurrency: 3,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: ['{shared,server,client,models,scripts}/**/*.long.test.ts'],
          // Real clips are an extra: without them beside the checkout there is nothing to run.
          exclude: existsSync(at('../shared/fixtures/clips')) ? [] : ['client/e2e/clips.long.test.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
}))
