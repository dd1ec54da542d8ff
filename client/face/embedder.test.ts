import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openEmbedder } from './embedder.ts'

/** What breaks on WebGL: its weights, its arithmetic (no number comes), or nothing. */
let breaks: 'weights' | 'arithmetic' | null = null
let force = ''
let registered = new Set<string>()
const opened: string[] = []

vi.mock('../../models/build/dlib_resnet.bin?url', () => ({ default: 'weights' }))
vi.mock('../../models/build/dlib_resnet.specs.json?url', () => ({ default: 'specs' }))
vi.mock('../../models/build/tfjs-backend-wasm-simd.wasm?url', () => ({ default: 'wasm' }))
vi.mock('@tensorflow/tfjs-backend-webgl', () => ({}))
vi.mock('@tensorflow/tfjs-backend-wasm', () => ({ setWasmPaths: () => undefined }))
vi.mock('./download.ts', () => ({ download: async () => new TextEncoder().encode('[]') }))
vi.mock('./renderer.ts', () => ({ findRenderer: () => ({ name: 'some GPU', real: true }) }))
vi.mock('./lost-context.ts', () => ({ whileKept: (_: unknown, work: () => Promise<unknown>) => work() }))
vi.mock('@tensorflow/tfjs-core', () => ({
  version_core: '1',
  env: () => ({ set: () => undefined }),
  setBackend: async (name: string) => {
    if (!registered.has(name)) throw new Error(`${name} is not registered`)
    opened.push(name)
    force = name
    return true
  },
  backend: () => ({ gpgpu: { gl: { isContextLost: () => false } } }),
  findBackend: (name: string) => (registered.has(name) ? {} : null),
  removeBackend: (name: string) => registered.delete(name),
  memory: () => ({ numTensors: 0 }),
}))
vi.mock('./embedder-net.ts', () => ({
  buildNetwork() {
    if (force === 'webgl' && breaks === 'weights') throw new Error('shader does not compile')
    return { dispose: () => undefined }
  },
  runNetwork: () => ({
    data: async () => Float32Array.of(force === 'webgl' && breaks === 'arithmetic' ? Number.NaN : 1, 1),
    dispose: () => undefined,
  }),
}))

const WEBGL = { backend: 'webgl', renderer: 'some GPU', version: '1', measured: {} } as const
const open = (remembered: typeof WEBGL | null = null) => openEmbedder(() => undefined, { remembered })

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  registered = new Set(['webgl', 'wasm'])
  opened.length = 0
})
afterEach(() => void vi.restoreAllMocks())

it.each(['weights', 'arithmetic'] as const)('takes the processor where WebGL breaks on the %s', async (on) => {
  breaks = on
  const { choice, embedChip } = await open()
  expect(choice).toMatchObject({ backend: 'wasm', measured: { wasm: expect.any(Number) } })
  expect(await embedChip(new Float32Array(3))).toHaveLength(2)
  expect(force).toBe('wasm')
})

it('keeps a remembered choice without measuring, and chooses anew where it breaks', async () => {
  breaks = null
  expect((await open(WEBGL)).choice).toBe(WEBGL)
  expect(opened).toEqual(['webgl'])
  breaks = 'arithmetic'
  expect((await open(WEBGL)).choice.backend).toBe('wasm')
  expect(force).toBe('wasm')
})
