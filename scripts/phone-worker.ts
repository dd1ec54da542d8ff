import { createHash } from 'node:crypto'
import type { Plugin, Rolldown } from 'vite'

/** The worker's own file: its address is its scope, so it lies at the root and has no hash in its name. */
export const WORKER_FILE = 'service-worker.js'

/** Code of the phone page that is worth having before it is wanted: its screens and texts, but nothing a camera needs. */
const SCREEN = /client\/(phone|core|ui)\//

/** A chunk without one module it stands for holds what several pages share: all of it has to be such code. */
const isScreen = ({ facadeModuleId, moduleIds }: Rolldown.OutputChunk): boolean =>
  facadeModuleId !== null
    ? SCREEN.test(facadeModuleId)
    : moduleIds.length > 0 && moduleIds.every((id) => SCREEN.test(id))

type Bundle = Readonly<Record<string, Rolldown.OutputAsset | Rolldown.OutputChunk>>

/** A chunk and all it imports before it runs, with their styles and other files. */
function filesOf(bundle: Bundle, name: string, found = new Set<string>()): Set<string> {
  const file = bundle[name]
  if (file?.type !== 'chunk' || found.has(name)) return found
  found.add(name)
  const meta = (file as { viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> } }).viteMetadata
  for (const part of [...(meta?.importedCss ?? []), ...(meta?.importedAssets ?? [])]) found.add(part)
  for (const next of file.imports) filesOf(bundle, next, found)
  return found
}

/** Which files the phone page opens with (`first`), and which it may ever ask for (`all`); paths from the root. */
export function listPhoneFiles(bundle: Bundle): { first: string[]; all: string[] } {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const entry = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('client/phone/index.html'))
  if (entry === undefined) return { first: [], all: [] }
  const first = filesOf(bundle, entry.fileName)
  const all = new Set(first)
  const queue = [...first]
  for (const name of queue) {
    const file = bundle[name]
    if (file?.type !== 'chunk') continue
    for (const later of file.dynamicImports) {
      const found = filesOf(bundle, later)
      const module = bundle[later]
      const screen = first.has(name) && module?.type === 'chunk' && isScreen(module)
      for (const path of found) {
        if (!all.has(path)) queue.push(path)
        all.add(path)
        if (screen) first.add(path)
      }
    }
  }
  // Workers are built on their own, as files: theirs, and the networks they ask for, are nobody else's import.
  for (const { fileName, type } of Object.values(bundle))
    if (type === 'asset' && !/\.(css|html|svg|png)$/.test(fileName)) all.add(fileName)
  const paths = (names: Iterable<string>) =>
    [...names].filter((name) => /^(kiosk\/)?assets\//.test(name)).map((name) => `/${name}`)
  return { first: paths(first).sort(), all: paths(all).sort() }
}

/** Writes the names of the build's files into the phone page's service worker. */
export function phoneWorker(): Plugin {
  return {
    name: 'phone-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle[WORKER_FILE]
        if (worker?.type !== 'chunk') return
        const files = listPhoneFiles(bundle as Bundle)
        const page = Object.values(bundle).find(({ fileName }) => fileName === 'phone/index.html')
        const hash = createHash('sha256').update(JSON.stringify(files))
        if (page?.type === 'asset') hash.update(page.source)
        const built = { name: hash.digest('base64url').slice(0, 12), ...files }
        worker.code = `const BUILT = ${JSON.stringify(built)};\n${worker.code}`
      },
    },
  }
}
