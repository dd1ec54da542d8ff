import type { Scene, Signal } from './signal.ts'

/** Names that programs which feed a file or a scene to the browser give their camera; a file's name has a format. */
const VIRTUAL = /virtual|\bobs\b|manycam|snap ?camera|xsplit|mmhmm|v4l2loopback|dummy|fake|\.(mjpeg|y4m|mp4|webm)\b/i

/** An injection sign: the camera's own label says it is a program. A hint for a person, never an accusation. */
export function judgeCamera({ cameraLabel }: Scene): Signal {
  const virtual = VIRTUAL.test(cameraLabel)
  return { value: virtual ? 1 : 0, limit: 0, says: virtual ? 'review' : 'live' }
}
