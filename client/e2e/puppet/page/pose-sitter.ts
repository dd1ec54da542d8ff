import type { Sitter } from '../photos.ts'

/** Size of the puppet's camera, pixels, and how the sitter stands in it. */
export const WIDTH = 640
export const HEIGHT = 480
/** Distance between the pupils in the camera's picture: the face is then about 200 px wide. */
const IOD = 92
const EYES_AT = { x: WIDTH / 2, y: 205 } as const
/** Kept of the photograph: a soft ellipse about head and shoulders, half axes in pupil distances. */
const KEPT = { x: 2.1, up: 2.15, down: 4.2, soft: 0.45 } as const

/** Draws with the photograph's pixels put where the camera would see them, at `scale` times the camera's size. */
function drawStanding(context: CanvasRenderingContext2D, photo: ImageBitmap, sitter: Sitter, scale: number): void {
  const zoom = (IOD / sitter.iod) * scale
  context.setTransform(1, 0, 0, 1, EYES_AT.x * scale, EYES_AT.y * scale)
  context.rotate((-sitter.roll * Math.PI) / 180)
  context.scale(zoom, zoom)
  context.imageSmoothingQuality = 'high'
  context.drawImage(photo, -sitter.x, -sitter.y)
  context.setTransform(1, 0, 0, 1, 0, 0)
}

/** A plain wall, unevenly lit, in a colour of the photograph's own. */
function paintWall(context: CanvasRenderingContext2D, width: number, height: number): void {
  const light = context.createRadialGradient(width * 0.35, height * 0.2, 0, width * 0.35, height * 0.2, width)
  light.addColorStop(0, '#b9b4ac')
  light.addColorStop(1, '#77736d')
  context.fillStyle = light
  context.fillRect(0, 0, width, height)
}

/**
 * One person of a group photograph alone before a wall, upright, as a camera at arm's length would see her. Others in
 * the photograph are left out, so that there is one face in the picture.
 * @param scale pixels per camera pixel
 */
export function poseSitter(photo: ImageBitmap, sitter: Sitter, scale: number): HTMLCanvasElement {
  const [width, height] = [WIDTH * scale, HEIGHT * scale]
  const canvas = (): [HTMLCanvasElement, CanvasRenderingContext2D] => {
    const made = Object.assign(document.createElement('canvas'), { width, height })
    const context = made.getContext('2d')
    if (!context) throw new Error('no 2D canvas')
    return [made, context]
  }
  const [person, personContext] = canvas()
  drawStanding(personContext, photo, sitter, scale)
  const [matte, matteContext] = canvas()
  matteContext.filter = `blur(${(KEPT.soft * IOD * scale) / 2}px)`
  const [x, y] = [EYES_AT.x * scale, EYES_AT.y * scale]
  const unit = IOD * scale
  matteContext.beginPath()
  matteContext.ellipse(x, y, KEPT.x * unit, KEPT.up * unit, 0, Math.PI, 0)
  matteContext.ellipse(x, y, KEPT.x * unit, KEPT.down * unit, 0, 0, Math.PI)
  matteContext.fill()
  personContext.globalCompositeOperation = 'destination-in'
  personContext.drawImage(matte, 0, 0)
  const [picture, context] = canvas()
  paintWall(context, width, height)
  context.drawImage(person, 0, 0)
  return picture
}
