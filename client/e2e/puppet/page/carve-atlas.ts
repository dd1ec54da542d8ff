import { type Measures, measure } from '../../../../shared/liveness/measures.ts'
import type { Atlas, AtlasFrame, Measured, Reach } from '../atlas.ts'
import type { Sitter } from '../photos.ts'
import { openDrawing } from './draw-mesh.ts'
import { buildFaceMesh } from './face-mesh.ts'
import { openPhotoLandmarker, type PhotoLandmarker } from './landmark-photo.ts'
import { type Expression, moveFace, STILL } from './move-face.ts'
import { poseSitter } from './pose-sitter.ts'

/** What each act is to measure, from rest: degrees, or the smile measure's gain. */
const TARGET = { turn: 22, pose: 15, nod: -14, smile: 0.3 } as const
/** The sitter's head is brought this near the front, degrees; the rest of her turn stays hers. */
const REST = { yaw: 3, pitch: 9 } as const
const JPEG_QUALITY = 0.93

/** A sitter before the easel: draws an expression (from rest) and measures what the network sees in it. */
interface Easel {
  draw(expression: Partial<Expression>): HTMLCanvasElement
  measure(expression: Partial<Expression>): Measures
}

function measurePicture(landmarker: PhotoLandmarker, picture: HTMLCanvasElement): Measures | null {
  const { points } = landmarker.find(picture)
  return points && measure((index) => [points[index]?.[0] ?? 0, points[index]?.[1] ?? 0])
}

/** The nearest value to `near`, up to `far`, at which `reached` holds (it is monotonic); `far` when it never does. */
function search(near: number, far: number, reached: (value: number) => boolean): number {
  let [low, high] = [near, far]
  for (let i = 0; i < 6; i += 1) {
    const middle = (low + high) / 2
    if (reached(middle)) high = middle
    else low = middle
  }
  return high
}

function setUp(landmarker: PhotoLandmarker, fine: HTMLCanvasElement, plain: HTMLCanvasElement): Easel {
  const { points } = landmarker.find(plain)
  if (!points) throw new Error('no face found in the photograph')
  const mesh = buildFaceMesh(points, landmarker.triangles)
  const drawPlaces = openDrawing(fine, mesh)
  const drawAbsolute = (expression: Expression) => drawPlaces(moveFace(mesh, expression))
  const measureAbsolute = (expression: Expression): Measures => {
    const measured = measurePicture(landmarker, drawAbsolute(expression))
    if (!measured) throw new Error('the puppet lost its face')
    return measured
  }
  const sat = measureAbsolute(STILL).pose
  const yaw =
    Math.abs(sat.yaw) <= REST.yaw
      ? 0
      : search(0, -25 * Math.sign(sat.yaw), (v) => Math.abs(measureAbsolute({ ...STILL, yaw: v }).pose.yaw) <= REST.yaw)
  const pitch =
    Math.abs(sat.pitch) <= REST.pitch
      ? 0
      : search(
          0,
          -15 * Math.sign(sat.pitch),
          (v) => Math.abs(measureAbsolute({ ...STILL, yaw, pitch: v }).pose.pitch) <= REST.pitch,
        )
  const fromRest = (e: Partial<Expression>): Expression => ({
    yaw: yaw + (e.yaw ?? 0),
    pitch: pitch + (e.pitch ?? 0),
    blink: e.blink ?? 0,
    smile: e.smile ?? 0,
  })
  return { draw: (e) => drawAbsolute(fromRest(e)), measure: (e) => measureAbsolute(fromRest(e)) }
}

function findReach(easel: Easel): Reach {
  const rest = easel.measure({})
  const turnTo = (sign: 1 | -1, degrees: number) =>
    search(sign * 4, sign * 44, (yaw) => sign * (easel.measure({ yaw }).pose.yaw - rest.pose.yaw) >= degrees)
  return {
    turnLeft: turnTo(1, TARGET.turn),
    turnRight: turnTo(-1, TARGET.turn),
    poseLeft: turnTo(1, TARGET.pose),
    poseRight: turnTo(-1, TARGET.pose),
    nod: search(-6, -34, (pitch) => easel.measure({ pitch }).pose.pitch - rest.pose.pitch <= TARGET.nod),
    smile: search(0.3, 1.6, (smile) => easel.measure({ smile }).smile - rest.smile >= TARGET.smile),
  }
}

function measureActs(easel: Easel, reach: Reach): Measured {
  const rest = easel.measure({})
  const yawFromRest = (yaw: number) => easel.measure({ yaw }).pose.yaw - rest.pose.yaw
  const smiling = easel.measure({ smile: reach.smile })
  return {
    restYaw: rest.pose.yaw,
    restPitch: rest.pose.pitch,
    openEar: rest.ear,
    shutEar: easel.measure({ blink: 1 }).ear,
    turnLeft: yawFromRest(reach.turnLeft),
    turnRight: yawFromRest(reach.turnRight),
    poseLeft: yawFromRest(reach.poseLeft),
    poseRight: yawFromRest(reach.poseRight),
    nod: easel.measure({ pitch: reach.nod }).pose.pitch - rest.pose.pitch,
    mouthWider: smiling.mouthWidth / rest.mouthWidth - 1,
    smile: smiling.smile - rest.smile,
  }
}

const range = (from: number, to: number, steps: number): number[] =>
  Array.from({ length: steps + 1 }, (_, i) => from + ((to - from) * i) / steps)

/** Every expression the player needs, along one axis at a time, finest where the eye would see a jump. */
function listExpressions(reach: Reach): Expression[] {
  const along = (axis: keyof Expression, values: readonly number[]) =>
    values.filter((value) => value !== 0).map((value) => ({ ...STILL, [axis]: value }))
  return [
    STILL,
    ...along('yaw', range(-1.5, 1.5, 12)),
    ...along('yaw', range(2, reach.turnLeft, Math.ceil(reach.turnLeft))),
    ...along('yaw', range(-2, reach.turnRight, Math.ceil(-reach.turnRight))),
    ...along('pitch', range(0, reach.nod, Math.ceil(-reach.nod))),
    ...along('blink', range(0, 1, 7)),
    ...along('smile', range(0, reach.smile, 14)),
  ]
}

/** All of one sitter: finds how far her mesh must go for each act, measures it, draws every picture. */
async function carveAtlas(sitter: Sitter): Promise<Atlas> {
  const landmarker = await openPhotoLandmarker()
  const photo = await createImageBitmap(await (await fetch(`/photo/${sitter.file}`)).blob())
  const easel = setUp(landmarker, poseSitter(photo, sitter, 2), poseSitter(photo, sitter, 1))
  const reach = findReach(easel)
  const frames: AtlasFrame[] = listExpressions(reach).map((expression) => ({
    ...expression,
    jpeg: easel.draw(expression).toDataURL('image/jpeg', JPEG_QUALITY).split(',')[1] ?? '',
  }))
  return { frames, reach, measured: measureActs(easel, reach) }
}

Object.assign(globalThis, { carveAtlas })
