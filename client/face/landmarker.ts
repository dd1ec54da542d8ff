import { FaceLandmarker } from '@mediapipe/tasks-vision'
import bundleUrl from '../../models/build/face_landmarker.task?url'
import loaderUrl from '../../models/build/vision_wasm_module_internal.js?url'
import wasmUrl from '../../models/build/vision_wasm_module_internal.wasm?url'
import { makeCanvas, readableContext } from './canvas.ts'
import { download, downloadModule, type Tell } from './download.ts'
import type { Seen } from './engine-types.ts'
import { boxOf, CROP_SIZE, measurePixels } from './pixels.ts'
import { findRenderer } from './renderer.ts'

/** The landmark network. `look` is synchronous work: about 20 ms of this thread. */
export interface Landmarker {
  readonly backend: 'webgl' | 'cpu'
  look(image: ImageBitmap, at: number): Seen
  close(): void
}

/** What MediaPipe's loader reads from the global scope. */
interface LoaderScope {
  ModuleFactory?: unknown
  Module?: unknown
}

type Receive = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void

/**
 * Hands MediaPipe its loader and its compiled module. Its own way would fetch both by itself, uncounted, and by a
 * script element that cannot load the module build; with ModuleFactory in place it asks for nothing.
 */
async function provideRuntime(module: WebAssembly.Module): Promise<void> {
  const loader: { default: unknown } = await import(/* @vite-ignore */ loaderUrl)
  const scope = globalThis as LoaderScope
  scope.ModuleFactory = loader.default
  scope.Module = {
    instantiateWasm(imports: WebAssembly.Imports, receive: Receive) {
      void WebAssembly.instantiate(module, imports).then((instance) => receive(instance, module))
      return {}
    },
  }
}

/**
 * Loads and opens FaceLandmarker in VIDEO mode for up to two faces: on WebGL where a graphics processor draws it, else
 * on the processor. No blendshapes: blink, smile and pose are computed from landmarks, by code the server runs too.
 * @throws EngineProblem `no_network`; MediaPipe's own errors where it cannot run here
 */
export async function openLandmarker(tell: Tell): Promise<Landmarker> {
  const [module, bundle] = await Promise.all([downloadModule(wasmUrl, tell), download(bundleUrl, tell)])
  const open = async (delegate: 'GPU' | 'CPU') => {
    await provideRuntime(module)
    return FaceLandmarker.createFromOptions(
      { wasmLoaderPath: '', wasmBinaryPath: wasmUrl },
      {
        baseOptions: { modelAssetBuffer: bundle, delegate },
        canvas: makeCanvas(1, 1),
        runningMode: 'VIDEO',
        numFaces: 2,
        outputFaceBlendshapes: false,
        outputFacialTransformationMatrixes: false,
      },
    )
  }
  if (findRenderer().real) {
    const network = await open('GPU').catch(() => null)
    if (network && warmUp(network)) return landmarker(network, 'webgl')
    network?.close()
  }
  const network = await open('CPU')
  warmUp(network)
  return landmarker(network, 'cpu')
}

/** The first frame allocates and compiles: done on an empty picture, before anybody waits. False if that fails. */
function warmUp(network: FaceLandmarker): boolean {
  const canvas = makeCanvas(640, 480)
  readableContext(canvas).fillRect(0, 0, 640, 480)
  try {
    network.detectForVideo(canvas, 1)
    return true
  } catch {
    return false
  }
}

function landmarker(network: FaceLandmarker, backend: 'webgl' | 'cpu'): Landmarker {
  const crop = readableContext(makeCanvas(CROP_SIZE, CROP_SIZE))
  crop.imageSmoothingQuality = 'high'
  let last = 1
  return {
    backend,
    look(image, at) {
      // VIDEO mode fails for good on a time that does not grow.
      last = Math.max(at, last + 1)
      const { width, height } = image
      const found = network.detectForVideo(image, last).faceLandmarks
      const faces = found.map((points) => {
        const landmarks = new Float32Array(points.length * 3)
        points.forEach(({ x, y, z }, i) => void landmarks.set([x * width, y * height, z * width], 3 * i))
        return { landmarks, box: boxOf(landmarks) }
      })
      const largest = faces.sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)[0]
      if (!largest) return { faces: 0, landmarks: null, width, height, pixels: null }
      const { landmarks, box } = largest
      crop.clearRect(0, 0, CROP_SIZE, CROP_SIZE)
      crop.drawImage(image, box.x, box.y, box.width, box.height, 0, 0, CROP_SIZE, CROP_SIZE)
      const pixels = measurePixels(crop.getImageData(0, 0, CROP_SIZE, CROP_SIZE).data, landmarks, box)
      return { faces: faces.length, landmarks, width, height, pixels }
    },
    close: () => network.close(),
  }
}
