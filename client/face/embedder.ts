import * as tf from '@tensorflow/tfjs-core'
import weightsUrl from '../../models/build/dlib_resnet.bin?url'
import specsUrl from '../../models/build/dlib_resnet.specs.json?url'
import wasmUrl from '../../models/build/tfjs-backend-wasm-simd.wasm?url'
import { cosine, unit } from '../../shared/face/vector.ts'
import { CHIP_SIZE } from './align.ts'
import { download, type Tell } from './download.ts'
import { buildNetwork, type Network, runNetwork } from './embedder-net.ts'
import { EngineProblem } from './engine-types.ts'
import { whileKept } from './lost-context.ts'
import { findRenderer } from './renderer.ts'

export type EmbeddingBackend = 'webgl' | 'wasm'

/** A choice of backend and what it was based on, so that it holds as long as renderer and version stay the same. */
export interface BackendChoice {
  readonly backend: EmbeddingBackend
  readonly renderer: string
  readonly version: string
  /** Milliseconds of one embedding, median of three, for each backend that was tried. */
  readonly measured: { readonly [backend in EmbeddingBackend]?: number }
}

/** The embedding network on one backend. Calls must not overlap: the worker serialises them. */
export interface Embedder {
  readonly choice: BackendChoice
  /** 128 numbers, unit length, of a 150 x 150 x RGB chip (0..255); mean of the chip and its mirror. */
  embedChip(chip: Float32Array): Promise<Float32Array>
  /** Tensors alive now: constant between embeddings. */
  tensors(): number
  close(): void
}

/** Below this cosine between the two backends' templates of one chip, WebGL's arithmetic is too coarse here. */
const SAME_TEMPLATE = 0.9999

/**
 * Loads the weights and opens the network on a backend: the one remembered if renderer and version are still the same,
 * the one asked for, else the quicker one by measurement. WebGL is tried only where a graphics processor draws it, and
 * taken only where it gives the same template as WASM (some phones compute in half precision).
 * @throws EngineProblem `no_network`, or `unsupported` where neither backend opens
 */
export async function openEmbedder(
  tell: Tell,
  { remembered = null, only = null }: { remembered?: BackendChoice | null; only?: EmbeddingBackend | null } = {},
): Promise<Embedder> {
  const [bytes, specs] = await Promise.all([download(weightsUrl, tell), download(specsUrl, tell)])
  const entries: tf.io.WeightsManifestEntry[] = JSON.parse(new TextDecoder().decode(specs))
  const renderer = findRenderer()
  const name = renderer.name ?? 'none'
  const known = remembered?.renderer === name && remembered.version === tf.version_core ? remembered : null
  const open = (backend: EmbeddingBackend) => openOn(backend, bytes, entries, tell)
  if (only || known) {
    const backend = only ?? known?.backend ?? 'wasm'
    const network = await open(backend)
    // Warmed up, too. One that breaks on it is not kept: the choice is made anew.
    if (network && (await attempt(backend, network, (embedChip) => embedChip(PATTERN))))
      return embedder(network, known ?? { backend, renderer: name, version: tf.version_core, measured: {} })
  }
  const { backend, network, measured } = await choose(open, renderer.real)
  return embedder(network, { backend, renderer: name, version: tf.version_core, measured })
}

async function choose(open: (backend: EmbeddingBackend) => Promise<Network | null>, real: boolean) {
  const wasm = await open('wasm')
  const onWasm = wasm && (await attempt('wasm', wasm, time))
  if (wasm && onWasm && !real) return { backend: 'wasm', network: wasm, measured: { wasm: onWasm.ms } } as const
  const webgl = await open('webgl')
  const onWebgl = webgl && (await attempt('webgl', webgl, time))
  if (!onWebgl || !webgl) {
    if (!wasm || !onWasm) throw new EngineProblem('unsupported')
    await tf.setBackend('wasm')
    return { backend: 'wasm', network: wasm, measured: { wasm: onWasm.ms } } as const
  }
  if (!wasm || !onWasm) return { backend: 'webgl', network: webgl, measured: { webgl: onWebgl.ms } } as const
  const measured = { wasm: onWasm.ms, webgl: onWebgl.ms }
  const better = onWebgl.ms < onWasm.ms && cosine(onWebgl.vector, onWasm.vector) >= SAME_TEMPLATE
  const [backend, network, other] = better ? (['webgl', webgl, wasm] as const) : (['wasm', wasm, webgl] as const)
  other.dispose()
  await tf.setBackend(backend)
  return { backend, network, measured }
}

/** The network on this backend, or null where the backend does not open or does not take the weights. */
async function openOn(
  backend: EmbeddingBackend,
  bytes: Uint8Array,
  specs: tf.io.WeightsManifestEntry[],
  tell: Tell,
): Promise<Network | null> {
  try {
    if (backend === 'wasm') await registerWasm(tell)
    else await import('@tensorflow/tfjs-backend-webgl')
    return (await tf.setBackend(backend)) ? buildNetwork(bytes, specs) : null
  } catch (error) {
    if (error instanceof EngineProblem) throw error
    if (backend === 'webgl') dropWebgl()
    return null
  }
}

/**
 * What `work` comes to on the backend in force, or null where that breaks on it (WebGL: shaders that do not compile, a lost
 * context, half precision that gives no number): the network is then gone.
 */
async function attempt<T>(
  backend: EmbeddingBackend,
  network: Network,
  work: (embedChip: Embedder['embedChip']) => Promise<T>,
): Promise<T | null> {
  try {
    return await work(embedOn(backend, network))
  } catch (error) {
    console.error(error)
    if (backend === 'webgl') dropWebgl()
    else network.dispose()
    return null
  }
}

/** Gives up WebGL and all tensors on it: an opening in this thread finds none from then on, and takes the processor. */
function dropWebgl(): void {
  if (tf.findBackend('webgl')) tf.removeBackend('webgl')
}

async function registerWasm(tell: Tell): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  // Threads need cross-origin isolation, which the pages do not have. MediaPipe needs SIMD anyway: one binary will do,
  // and a browser without SIMD fails on it as it must.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  // Fetched once to count its bytes; tfjs's own request that follows is answered by the browser's cache.
  await download(wasmUrl, tell)
  setWasmPaths({
    'tfjs-backend-wasm.wasm': wasmUrl,
    'tfjs-backend-wasm-simd.wasm': wasmUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': wasmUrl,
  })
}

/** A chip of no one: enough to warm the kernels up and to compare backends by. */
const PATTERN = Float32Array.from({ length: CHIP_SIZE * CHIP_SIZE * 3 }, (_, i) => 128 + 100 * Math.sin(i / 300))

async function time(embedChip: Embedder['embedChip']): Promise<{ ms: number; vector: Float32Array }> {
  const vector = await embedChip(PATTERN)
  const times: number[] = []
  for (let i = 0; i < 3; i += 1) {
    const start = performance.now()
    await embedChip(PATTERN)
    times.push(performance.now() - start)
  }
  return { ms: Math.round((times.sort((a, b) => a - b)[1] ?? 0) * 10) / 10, vector }
}

async function embed(network: Network, chip: Float32Array): Promise<Float32Array> {
  const sum = runNetwork(network, chip)
  try {
    return unit((await sum.data()) as Float32Array)
  } finally {
    sum.dispose()
  }
}

/** Embeds on tfjs's own WebGL context, for as long as there is one. */
function createWebglEmbed(network: Network): Embedder['embedChip'] {
  const { gpgpu } = tf.backend() as unknown as { gpgpu: { gl: WebGLRenderingContext } }
  return (chip) =>
    whileKept(gpgpu.gl, () => embed(network, chip)).catch((error: unknown) => {
      // tfjs would go on drawing there.
      if (gpgpu.gl.isContextLost()) dropWebgl()
      throw error
    })
}

const embedOn = (backend: EmbeddingBackend, network: Network): Embedder['embedChip'] =>
  backend === 'webgl' ? createWebglEmbed(network) : (chip) => embed(network, chip)

function embedder(network: Network, choice: BackendChoice): Embedder {
  return {
    choice,
    embedChip: embedOn(choice.backend, network),
    tensors: () => tf.memory().numTensors,
    // The backend stays registered: tfjs has one of each in a thread, and the next opening finds it there.
    close: network.dispose,
  }
}
