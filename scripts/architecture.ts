import { dirname, join, normalize } from 'node:path/posix'
import { parseSync, Visitor } from 'vite'

/** A source file as the rules see it. */
export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string
  /** What it imports, re-exports, loads as a worker or names in a type: packages by name, files by path from the root. */
  readonly imports: readonly string[]
  /** Calls like `Math.random` and `Date.now`, and `new Date()` without an argument. */
  readonly calls: readonly string[]
  readonly lines: number
}

/** A file that is no part of the product: it may look anywhere. */
const isTest = (path: string) =>
  /\.test\.tsx?$/.test(path) ||
  /^(client\/e2e|server\/test|shared\/liveness\/testing|scripts|bench)\//.test(path) ||
  path === 'vite.config.ts'

/** A relative specifier as a path from the root, without Vite's query; a package as its name. */
function resolveImport(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return normalize(join(dirname(path), specifier.replace(/\?.*$/, '')))
  const parts = specifier.split('/')
  return specifier.startsWith('@')
    ? parts.slice(0, 2).join('/')
    : specifier.startsWith('node:')
      ? 'node:'
      : (parts[0] ?? '')
}

/** Reads one TypeScript file. @throws when it does not parse */
export function readSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text)
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`)
  const specifiers: string[] = []
  const calls: string[] = []
  const take = (node: { type: string; value?: unknown } | null | undefined) => {
    if (node?.type === 'Literal' && typeof node.value === 'string') specifiers.push(node.value)
  }
  new Visitor({
    ImportDeclaration: ({ source }) => take(source),
    ExportNamedDeclaration: ({ source }) => take(source),
    ExportAllDeclaration: ({ source }) => take(source),
    ImportExpression: ({ source }) => take(source),
    TSImportType: ({ source }) => take(source),
    NewExpression: ({ callee, arguments: [first] }) => {
      if (callee.type !== 'Identifier') return
      if (callee.name === 'URL' && first?.type === 'Literal' && /^\.{1,2}\/.*\.tsx?$/.test(String(first.value)))
        take(first)
      if (callee.name === 'Date' && first === undefined) calls.push('new Date()')
    },
    CallExpression: ({ callee }) => {
      if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return
      if (callee.property.type === 'Identifier') calls.push(`${callee.object.name}.${callee.property.name}`)
    },
  }).visit(program)
  const imports = specifiers.map((specifier) => resolveImport(path, specifier))
  return { path, imports, calls, lines: text.trimEnd().split('\n').length }
}

interface Rule {
  readonly says: string
  readonly holdsFor: (path: string) => boolean
  readonly breaks: (file: SourceFile) => readonly string[]
}

const under =
  (...folders: string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(`${folder}/`))
const product = (path: string) => !isTest(path)
const isPackage = (name: string) => !/^(client|server|shared|models|scripts|bench)\//.test(name)

/** The words of the walks, types only: whoever speaks of prompts and hints may use them. */
const WORDS = 'client/check-in/walk-state.ts'

/** Files of a folder may import no file of these. */
const never = (folder: string, ...others: string[]): Rule => ({
  says: `${folder} never imports ${others.join(', ')}`,
  holdsFor: (path) => product(path) && under(folder)(path),
  breaks: ({ imports }) => imports.filter((path) => path !== WORDS && under(...others)(path)),
})

/** A package may be imported by these product files only. */
const owned = (name: RegExp, owners: RegExp, says: string): Rule => ({
  says,
  holdsFor: (path) => product(path) && !owners.test(path),
  breaks: ({ imports }) => imports.filter((specifier) => name.test(specifier)),
})

const PAGES = ['client/phone', 'client/kiosk', 'client/admin'] as const
const PARTS = ['client/camera', 'client/face', 'client/evidence', 'client/outbox', 'client/core'] as const
const WALKS = ['client/check-in', 'client/enrol'] as const
const LONGEST = 250

/** The import rules of the design: `client -> shared <- server`, and one owner for each heavy package. */
export const RULES: readonly Rule[] = [
  never('client', 'server', 'scripts', 'bench'),
  never('server', 'client', 'scripts', 'bench', 'models'),
  never('shared', 'client', 'server', 'models', 'scripts', 'bench'),
  never('models', 'client', 'server', 'scripts', 'bench'),
  ...PAGES.map((page) => never(page, ...PAGES.filter((other) => other !== page))),
  // screens -> walk -> camera, face, evidence, outbox
  ...PARTS.map((part) => never(part, ...PAGES, ...WALKS, 'client/ui')),
  ...WALKS.map((walk) => never(walk, ...PAGES, 'client/ui')),
  never('client/ui', ...PAGES),
  never('server/db', 'server/auth', 'server/attendance', 'server/face', 'server/gallery', 'server/devices'),
  owned(/^@mediapipe\//, /^client\/face\/landmarker[^/]*$/, 'only client/face/landmarker*.ts imports MediaPipe'),
  owned(/^@tensorflow\//, /^client\/face\/embedder[^/]*$/, 'only client/face/embedder*.ts imports tfjs'),
  owned(/^jose$/, /^(client\/evidence|server)\//, 'on the client only client/evidence imports jose'),
  owned(/^dexie$/, /^client\/outbox\//, 'only client/outbox imports Dexie'),
  owned(/^@?libsql(\/|$)/, /(^server\/db\/|\/store\.ts$)/, 'only store.ts and server/db touch libSQL'),
  {
    says: 'the client imports nothing of Node, and of packages only what a browser runs',
    holdsFor: (path) => product(path) && under('client')(path),
    breaks: ({ imports }) => imports.filter((name) => /^(node:|hono$|@hono\/|@node-rs\/|tsx$|vite$)/.test(name)),
  },
  {
    says: 'shared is pure: of packages it imports Zod only',
    holdsFor: (path) => product(path) && under('shared')(path),
    breaks: ({ imports }) => imports.filter((name) => isPackage(name) && name !== 'zod'),
  },
  {
    says: 'shared has no clock and no randomness: pass them in',
    holdsFor: (path) => product(path) && under('shared')(path),
    breaks: ({ calls }) => calls.filter((call) => /^(Date\.now|new Date\(\)|performance\.\w+|crypto\.\w+)$/.test(call)),
  },
  {
    says: 'randomness comes from crypto: no Math.random in the product',
    holdsFor: product,
    breaks: ({ calls }) => calls.filter((call) => call === 'Math.random'),
  },
  {
    says: 'the product imports nothing of the tests',
    holdsFor: product,
    breaks: ({ imports }) => imports.filter((name) => !isPackage(name) && isTest(name)),
  },
  {
    says: `no file is longer than ${LONGEST} lines`,
    holdsFor: (path) => !/\.test\.tsx?$/.test(path),
    breaks: ({ lines }) => (lines > LONGEST ? [`${lines} lines`] : []),
  },
  {
    says: 'a file is named for its idea: no utils, helpers, misc, common',
    holdsFor: () => true,
    breaks: ({ path }) => (/(^|\/)(utils?|helpers?|misc|common)(\.tsx?$|\/)/.test(path) ? [path] : []),
  },
]

/** Every broken rule of a file, as one line each: `path: rule (what)`. */
export const findBreaches = (file: SourceFile): string[] =>
  RULES.filter(({ holdsFor }) => holdsFor(file.path)).flatMap(({ says, breaks }) =>
    breaks(file).map((what) => `${file.path}: ${says} (${what})`),
  )
