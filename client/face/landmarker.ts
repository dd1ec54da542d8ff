import { FaceDetector, FaceLandmarker } from '@mediapipe/tasks-vision'
import detectorUrl from '../../models/build/face_detector.tflite?url'
import bundleUrl from '../../models/build/face_landmarker.task?url'
import cpuBundleUrl from '../../models/build/face_landmarker_cpu.task?url'
import wasmUrl from '../../models/build/vision_wasm_module_internal.wasm?url'
import type { Picture } from '../camera/picture.ts'
import { makeCanvas, readableContext } from './canvas.ts'
import { download, downloadModule, type Tell } from './download.ts'
import { drawFace } from './drawn-face.ts'
import type { Seen } from './engine-types.ts'
import { type Copy, copySize, type FrameSize } from './frame-size.ts'
import { provideRuntime } from './landmarker-runtime.ts'
import { refuseLost } from './lost-context.ts'
import { createNearerFace } from './nearer-face.ts'
import { type Box, boxOf, CROP_SIZE, isIn, measurePixels, middleOf, scaleBox } from './pixels.ts'
import { findRenderer } from './renderer.ts'

/** The landmark network. `look` is synchronous work: about 10 ms of this thread. What is seen is in the frame's pixels. */
export interface Landmarker {
  readonly backend: 'webgl' | 'cpu'
  /** @param nearest whoever stands nearer than the face it follows is followed from then on */
  look(picture: Picture, at: number, frame: FrameSize, nearest: boolean): Seen
  close(): void
}

/** How often the frame is searched for a second face, ms. */
const OTHERS_EVERY_MS = 400

/** The time of the warm-up's frames, ms: before any real one's. */
const WARM_UP = 1

interface Networks {
  readonly mesh: FaceLandmarker
  readonly detector: FaceDetector
  /** MediaPipe's own, one for each network: the processor's graph takes its pictures through them too. */
  readonly contexts: readonly WebGL2RenderingContext[]
}

/**
 * Loads and opens the landmark network: on WebGL where a graphics processor draws it, else on the processor.
 *
 * The mesh follows one face in VIDEO mode: its detector then rests while the face is there, where asking for two faces
 * would run it every frame (measured here: 15 ms against 22 ms at 640 x 640). The detector by itself, every 400 ms,
 * notices a second person. No blendshapes: blink, smile and pose are computed from landmarks, by code the server runs.
 * @throws EngineProblem `no_network`; MediaPipe's own errors where it cannot run here
 */
export async function openLandmarker(tell: Tell): Promise<Landmarker> {
  const { real } = findRenderer()
  const [module, bundle, detector] = await Promise.all([
    downloadModule(wasmUrl, tell),
    download(real ? bundleUrl : cpuBundleUrl, tell),
    download(detectorUrl, tell),
  ])
  const files = { module, bundle, detector }
  if (real) {
    const networks = await openNetworks(files, 'GPU', tell).catch(() => null)
    if (networks) return landmarker(networks, 'webgl')
  }
  return landmarker(await openNetworks(files, 'CPU', tell), 'cpu')
}

async function openNetworks(
  { module, bundle, detector }: { module: WebAssembly.Module; bundle: Uint8Array; detector: Uint8Array },
  delegate: 'GPU' | 'CPU',
  tell: Tell,
): Promise<Networks> {
  const fileset = { wasmLoaderPath: '', wasmBinaryPath: wasmUrl }
  const canvases = [makeCanvas(1, 1), makeCanvas(1, 1)] as const
  await provideRuntime(module, tell)
  const mesh = await FaceLandmarker.createFromOptions(fileset, {
    baseOptions: { modelAssetBuffer: bundle, delegate },
    canvas: canvases[0],
    runningMode: 'VIDEO',
    numFaces: 1,
    outputFaceBlendshapes: false,
    outputFacialTransformationMatrixes: false,
  })
  await provideRuntime(module, () => {})
  const found = await FaceDetector.createFromOptions(fileset, {
    baseOptions: { modelAssetBuffer: detector, delegate },
    canvas: canvases[1],
    runningMode: 'IMAGE',
  })
  const contexts = canvases.flatMap((canvas) => (canvas.getContext('webgl2') as WebGL2RenderingContext | null) ?? [])
  const networks = { mesh, detector: found, contexts }
  try {
    warmUp(networks)
  } catch (error) {
    closeNetworks(networks)
    throw error
  }
  return networks
}

/** The first face allocates and compiles: a drawn one, before anybody waits; then nothing, so that it is forgotten. */
function warmUp({ mesh, detector }: Networks): void {
  const canvas = makeCanvas(640, 480)
  const context = readableContext(canvas)
  drawFace(context, canvas.width, canvas.height)
  mesh.detectForVideo(canvas, WARM_UP)
  detector.detect(canvas)
  context.fillRect(0, 0, canvas.width, canvas.height)
  mesh.detectForVideo(canvas, WARM_UP + 1)
}

function closeNetworks({ mesh, detector }: Networks): void {
  mesh.close()
  detector.close()
}

function landmarker(networks: Networks, backend: 'webgl' | 'cpu'): Landmarker {
  const crop = readableContext(makeCanvas(CROP_SIZE, CROP_SIZE))
  crop.imageSmoothingQuality = 'high'
  let last = WARM_UP + 1
  let searched = -Infinity
  let rival = 0
  const scratch = readableContext(makeCanvas(1, 1))
  const nearer = createNearerFace()
  let faceWidth: number | null = null
  /** A bitmap is small already; a camera's own frame is drawn small here, off the page's thread. */
  const copyOf = (picture: Picture, frame: FrameSize): Copy => {
    if (picture instanceof ImageBitmap) return picture
    const { canvas } = scratch
    const { width, height } = copySize(frame, faceWidth)
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
    scratch.drawImage(picture, 0, 0, width, height)
    return canvas
  }
  const search = (copy: Copy, face: Box, nearest: boolean) => {
    searched = last
    const found = networks.detector.detect(copy).detections.flatMap(({ boundingBox }) => boundingBox ?? [])
    const isOther = (box: Box) => !isIn(face, middleOf(box))
    const boxes = found.map(({ originX: x, originY: y, width, height }) => ({ x, y, width, height }))
    // Of the same detector where it found both: its boxes are smaller than the landmarks' box.
    const own = boxes.find((box) => !isOther(box)) ?? face
    const other = boxes.filter(isOther).reduce<Box | null>((a, b) => (a && a.width > b.width ? a : b), null)
    rival = (other?.width ?? 0) / Math.max(1, own.width)
    if (other && nearest) nearer.saw(other, own, copy, last)
  }
  return {
    backend,
    look(picture, at, frame, nearest) {
      // VIDEO mode fails for good on a time that does not grow.
      last = Math.max(at, last + 1)
      refuseLost(networks.contexts)
      const { width, height } = frame
      const copy = copyOf(picture, frame)
      if (!nearest) nearer.stay()
      const points = networks.mesh.detectForVideo(nearer.show(copy, last), last).faceLandmarks[0] ?? []
      const landmarks = new Float32Array(points.length * 3)
      points.forEach(({ x, y, z }, i) => void landmarks.set([x * width, y * height, z * width], 3 * i))
      const box = points.length > 0 ? boxOf(landmarks) : null
      if (!nearer.isHers(box && middleOf(box), frame, last) || box === null) {
        searched = -Infinity
        faceWidth = null
        return { faces: 0, landmarks: null, width, height, pixels: null }
      }
      faceWidth = box.width
      const shown = scaleBox(box, copy.width / width)
      if (last - searched >= OTHERS_EVERY_MS) search(copy, shown, nearest)
      crop.clearRect(0, 0, CROP_SIZE, CROP_SIZE)
      crop.drawImage(copy, shown.x, shown.y, shown.width, shown.height, 0, 0, CROP_SIZE, CROP_SIZE)
      const pixels = measurePixels(crop.getImageData(0, 0, CROP_SIZE, CROP_SIZE).data, landmarks, box)
      return { faces: rival > 0 ? 2 : 1, landmarks, width, height, pixels, rival }
    },
    close: () => closeNetworks(networks),
  }
}
