import { zipSync } from 'fflate'
import { joinRegions } from './mesh-478.ts'
import { prepareModel } from './tflite.ts'

/** The parts of @mediapipe/face_mesh that the bundle is made of, by the names its loader gives them. */
export const LANDMARKER_PARTS = {
  detector: 'face_detection_short_range.tflite',
  landmarks: 'face_landmark_with_attention.tflite',
  geometry: 'geometry_pipeline_metadata_landmarks.binarypb',
} as const

export type LandmarkerParts = { readonly [part in keyof typeof LANDMARKER_PARTS]: Uint8Array }

/** The face detector by itself, with the metadata a task graph wants: it also watches for a second face. */
export function prepareDetector(detector: Uint8Array): Uint8Array {
  return prepareModel(detector, { mean: 127.5, std: 127.5 })
}

/**
 * The FaceLandmarker task bundle: a zip, stored and not deflated because MediaPipe reads the models in place. The same
 * parts always give the same bytes.
 */
export function bundleLandmarker(
  { detector, landmarks, geometry }: LandmarkerParts,
  runsOn: 'cpu' | 'webgl',
): Uint8Array {
  return zipSync(
    {
      'face_detector.tflite': prepareDetector(detector),
      'face_landmarks_detector.tflite': prepareModel(landmarks, { mean: 0, std: 255 }, joinRegions(runsOn)),
      'geometry_pipeline_metadata_landmarks.binarypb': geometry,
    },
    // A zip's time is local time: given by its fields it is the same in every time zone.
    { level: 0, mtime: new Date(2020, 0, 1) },
  )
}
