import { embeddingSpecs } from './embedding-specs.ts'
import { bundleLandmarker, LANDMARKER_PARTS, prepareDetector } from './landmarker-bundle.ts'
import { cutPackedAsset } from './packed-assets.ts'

/** Gives a source's checked bytes by its path under node_modules, and a part's after checking it. */
export interface Sources {
  readonly read: (path: string) => Uint8Array
  readonly check: (part: string, bytes: Uint8Array) => Uint8Array
}

const MESH = '@mediapipe/face_mesh/face_mesh_solution_packed_assets'
const VISION = '@mediapipe/tasks-vision/wasm'
const DLIB = '@vladmandic/face-api/model/face_recognition_model'

const copy =
  (path: string) =>
  ({ read }: Sources) =>
    read(path)

function meshPart({ read, check }: Sources, part: keyof typeof LANDMARKER_PARTS): Uint8Array {
  const name = LANDMARKER_PARTS[part]
  const loader = new TextDecoder().decode(read(`${MESH}_loader.js`))
  return check(name, cutPackedAsset(loader, read(`${MESH}.data`), name))
}

const landmarker =
  (runsOn: 'cpu' | 'webgl') =>
  (sources: Sources): Uint8Array =>
    bundleLandmarker(
      {
        detector: meshPart(sources, 'detector'),
        landmarks: meshPart(sources, 'landmarks'),
        geometry: meshPart(sources, 'geometry'),
      },
      runsOn,
    )

function specs({ read }: Sources): Uint8Array {
  const manifest = new TextDecoder().decode(read(`${DLIB}-weights_manifest.json`))
  return new TextEncoder().encode(embeddingSpecs(manifest, read(`${DLIB}.bin`).length))
}

/** How each file of models/build is made. The one loader serves worker and main thread alike. */
export const RECIPES: ReadonlyMap<string, (sources: Sources) => Uint8Array> = new Map([
  ['face_landmarker_cpu.task', landmarker('cpu')],
  ['face_landmarker.task', landmarker('webgl')],
  ['face_detector.tflite', (sources) => prepareDetector(meshPart(sources, 'detector'))],
  ['vision_wasm_module_internal.js', copy(`${VISION}/vision_wasm_module_internal.js`)],
  ['vision_wasm_module_internal.wasm', copy(`${VISION}/vision_wasm_module_internal.wasm`)],
  ['dlib_resnet.bin', copy(`${DLIB}.bin`)],
  ['dlib_resnet.specs.json', specs],
  ['tfjs-backend-wasm-simd.wasm', copy('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')],
])
