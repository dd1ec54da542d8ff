import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findBreaches, readSource } from '../scripts/architecture.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Every TypeScript file of the house, by path from the root. */
function listSources(folder = ''): string[] {
  return readdirSync(`${root}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory())
      return /^(node_modules|dist|coverage|data|keys|\..*)$/.test(entry.name) ? [] : listSources(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

const breachesOf = (path: string, text: string) => findBreaches(readSource(path, text))

describe('the architecture', () => {
  const sources = listSources()

  it('is looked at as a whole', () => {
    for (const folder of ['client/', 'server/', 'shared/', 'models/', 'scripts/'])
      expect(sources.some((path) => path.startsWith(folder))).toBe(true)
  })

  it('holds in every file', () => {
    expect(sources.flatMap((path) => breachesOf(path, readFileSync(`${root}/${path}`, 'utf8')))).toEqual([])
  })
})

describe('a breach is found', () => {
  const breaches: readonly (readonly [what: string, path: string, text: string])[] = [
    ['client -> server', 'client/core/x.ts', `import { a } from '../../server/a.ts'`],
    ['a type counts too', 'client/core/x.ts', `import type { A } from '../../server/a.ts'`],
    ['a type by import()', 'client/core/x.ts', `type A = import('../../server/a.ts').A`],
    ['a re-export', 'client/core/x.ts', `export * from '../../server/a.ts'`],
    ['a named re-export', 'server/x.ts', `export { a } from '../client/a.ts'`],
    ['a dynamic import', 'server/x.ts', `const a = await import('../client/a.ts')`],
    ['a worker', 'client/core/x.ts', `new Worker(new URL('../phone/a.ts', import.meta.url))`],
    ['shared -> server', 'shared/face/x.ts', `import { a } from '../../server/a.ts'`],
    ['Node in shared', 'shared/face/x.ts', `import { readFileSync } from 'node:fs'`],
    ['Node in the client', 'client/core/x.ts', `import { readFileSync } from 'node:fs'`],
    ['a package in shared', 'shared/face/x.ts', `import { Hono } from 'hono'`],
    ['a clock in shared', 'shared/face/x.ts', `export const t = () => Date.now()`],
    ['the time of day in shared', 'shared/face/x.ts', `export const t = () => new Date()`],
    ['chance in shared', 'shared/face/x.ts', `export const t = () => Math.random()`],
    ['chance in the product', 'server/auth/x.ts', `export const t = () => Math.random()`],
    ['phone -> admin', 'client/phone/x.tsx', `import { a } from '../admin/a.ts'`],
    ['kiosk -> phone', 'client/kiosk/screens/x.tsx', `import { a } from '../../phone/a.ts'`],
    ['camera -> screen', 'client/camera/x.ts', `import { a } from '../ui/a.tsx'`],
    ['walk -> screen', 'client/check-in/x.ts', `import { a } from '../phone/a.tsx'`],
    ['MediaPipe elsewhere', 'client/camera/x.ts', `import { FaceLandmarker } from '@mediapipe/tasks-vision'`],
    ['tfjs elsewhere', 'client/face/align.ts', `import * as tf from '@tensorflow/tfjs-core'`],
    ['a subpath of tfjs', 'client/core/x.ts', `import '@tensorflow/tfjs-core/dist/ops'`],
    ['jose elsewhere', 'client/core/x.ts', `import { CompactSign } from 'jose'`],
    ['Dexie elsewhere', 'client/core/x.ts', `import { Dexie } from 'dexie'`],
    ['libSQL elsewhere', 'server/auth/login.ts', `import { createClient } from '@libsql/client'`],
    ['the raw libSQL', 'server/auth/login.ts', `import Database from 'libsql'`],
    ['product -> test', 'server/auth/x.ts', `import { a } from '../test/a.ts'`],
    ['a long file', 'server/auth/x.ts', 'export {}\n'.repeat(251)],
    ['a drawer for everything', 'client/core/utils.ts', 'export {}'],
  ]
  it.each(breaches)('%s', (_, path, text) => expect(breachesOf(path, text)).toHaveLength(1))

  const allowed: readonly (readonly [what: string, path: string, text: string])[] = [
    ['client -> shared', 'client/core/x.ts', `import { a } from '../../shared/contract/a.ts'`],
    ['a network as an address', 'client/face/x.ts', `import url from '../../models/build/a.bin?url'`],
    ['MediaPipe in its place', 'client/face/landmarker.ts', `import { a } from '@mediapipe/tasks-vision'`],
    ['libSQL in a store', 'server/auth/store.ts', `import type { Row } from '@libsql/client'`],
    ['a given time', 'shared/face/x.ts', `export const t = (now: number) => new Date(now)`],
    ['words in a comment', 'client/core/x.ts', `// import { a } from '../../server/a.ts'\nexport {}`],
    ['words in a text', 'client/core/x.ts', 'export const a = "import x from \'../../server/a.ts\'"'],
    ['a test looks anywhere', 'server/auth/x.test.ts', `import { a } from '../../client/a.ts'\nMath.random()`],
  ]
  it.each(allowed)('not where there is none: %s', (_, path, text) => expect(breachesOf(path, text)).toEqual([]))
})
