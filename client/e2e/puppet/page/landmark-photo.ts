import { FaceLandmarker, FilesetResolver } from '@mediapipe/tasks-vision'

/** A mesh of 478 points, each x, y, z in pixels of the picture it was found in (z smaller = nearer the camera). */
export type Points = readonly (readonly [x: number, y: number, z: number])[]

/** Finds the one face of a picture. */
export interface PhotoLandmarker {
  /** The largest face's points, or null; `faces` counts all. */
  find(picture: HTMLCanvasElement): { points: Points | null; faces: number }
  readonly triangles: readonly (readonly [number, number, number])[]
}

/** Opens MediaPipe's landmarker on the workshop's page, for single pictures. */
export async function openPhotoLandmarker(): Promise<PhotoLandmarker> {
  const files = await FilesetResolver.forVisionTasks('/wasm')
  const landmarker = await FaceLandmarker.createFromOptions(files, {
    baseOptions: { modelAssetPath: '/face_landmarker.task', delegate: 'CPU' },
    runningMode: 'IMAGE',
    numFaces: 3,
    minFaceDetectionConfidence: 0.3,
    minFacePresenceConfidence: 0.3,
  })
  const edges = FaceLandmarker.FACE_LANDMARKS_TESSELATION
  const triangles: (readonly [number, number, number])[] = []
  for (let i = 0; i + 2 < edges.length; i += 3) {
    const [a, b, c] = [edges[i], edges[i + 1], edges[i + 2]]
    if (a && b && c) triangles.push([a.start, b.start, c.start])
  }
  return {
    triangles,
    find(picture) {
      const found = landmarker.detect(picture).faceLandmarks
      const widths = found.map((face) => Math.abs((face[454]?.x ?? 0) - (face[234]?.x ?? 0)))
      const face = found[widths.indexOf(Math.max(...widths))]
      const points = face?.map((p) => [p.x * picture.width, p.y * picture.height, p.z * picture.width] as const)
      return { points: points ?? null, faces: found.length }
    },
  }
}
