/** Size of the camera's picture, pixels, and its rate. */
const WIDTH = 640
const HEIGHT = 480
const FPS = 30

/** How the picture lies in the camera's frame: a camera in a hand drifts, and its sensor is noisy. */
const DRIFT = { pixels: 2.2, radians: 0.006, scale: 0.004 } as const
const MARGIN = 1.03
/** The noise is drawn larger than the picture by this much and laid down anew, elsewhere, each frame. */
const NOISE_SHIFT = 256
const NOISE_ALPHA = 14

/** Random grey, mostly transparent: sensor noise. */
function makeNoise(): HTMLCanvasElement {
  const [width, height] = [WIDTH + NOISE_SHIFT, HEIGHT + NOISE_SHIFT]
  const sheet = Object.assign(document.createElement('canvas'), { width, height })
  const context = sheet.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no 2D canvas')
  const pixels = context.createImageData(width, height)
  for (let i = 0; i < pixels.data.length; i += 4) {
    pixels.data.fill(Math.random() < 0.5 ? 0 : 255, i, i + 3)
    pixels.data[i + 3] = Math.random() * NOISE_ALPHA
  }
  context.putImageData(pixels, 0, 0)
  return sheet
}

/** A slow wandering between -1 and 1: two sines that never meet again. */
const wander = (): ((t: number) => number) => {
  const [a, b, p, q] = [0.6 + Math.random() * 0.5, 1.5 + Math.random(), Math.random() * 7, Math.random() * 7]
  return (t) => 0.65 * Math.sin((t / 1000) * a + p) + 0.35 * Math.sin((t / 1000) * b + q)
}

/** What gives the picture of a moment, ms. */
export type Scene = (now: number) => CanvasImageSource | null

/**
 * A camera's stream that shows a scene 30 times a second.
 * @param steady no drift and no noise: a photograph on a stand; else no two frames are alike
 */
export function film(scene: Scene, steady: boolean): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT })
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  if (!context) throw new Error('no 2D canvas')
  const noise = makeNoise()
  const [x, y, turn, scale] = [wander(), wander(), wander(), wander()]
  const draw = () => {
    const now = performance.now()
    const picture = scene(now)
    if (!picture) return
    if (steady) return context.drawImage(picture, 0, 0, WIDTH, HEIGHT)
    const zoom = MARGIN + DRIFT.scale * scale(now)
    context.setTransform(1, 0, 0, 1, WIDTH / 2 + DRIFT.pixels * x(now), HEIGHT / 2 + DRIFT.pixels * y(now))
    context.rotate(DRIFT.radians * turn(now))
    context.scale(zoom, zoom)
    context.drawImage(picture, -WIDTH / 2, -HEIGHT / 2, WIDTH, HEIGHT)
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.drawImage(noise, -Math.floor(Math.random() * NOISE_SHIFT), -Math.floor(Math.random() * NOISE_SHIFT))
  }
  draw()
  // No rate is given: by one, every other drawing is a little too early and is left out.
  const stream = canvas.captureStream()
  const timer = setInterval(() => {
    if (stream.getTracks().every((track) => track.readyState === 'ended')) clearInterval(timer)
    else draw()
  }, 1000 / FPS)
  return stream
}
