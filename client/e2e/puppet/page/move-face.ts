import { EYES, type FaceMesh } from './face-mesh.ts'
import type { Points } from './landmark-photo.ts'

/** How the face is held. Angles in degrees from how the sitter sat; blink and smile 0..1 (a smile may go beyond). */
export interface Expression {
  /** Positive: the nose moves right in the picture, a turn to the sitter's own left. */
  readonly yaw: number
  /** Positive: the face looks up. */
  readonly pitch: number
  readonly blink: number
  readonly smile: number
}

export const STILL: Expression = { yaw: 0, pitch: 0, blink: 0, smile: 0 }

type Place = [x: number, y: number, z: number]

/** The upper lid comes down over the eye and draws its skin after it; the lower one rises a little. */
function shutEyes(places: Place[], blink: number): void {
  for (const { upper, lower, lid } of EYES)
    upper.forEach((up, i) => {
      const [u, l, s] = [places[up], places[lower[i] ?? up], places[lid[i] ?? up]]
      if (!u || !l || !s) return
      const [dx, dy] = [l[0] - u[0], l[1] - u[1]]
      u[0] += dx * blink
      u[1] += dy * blink
      l[1] -= dy * 0.08 * blink
      s[0] += dx * 0.3 * blink
      s[1] += dy * 0.3 * blink
    })
}

/** Both corners of the mouth go out and up, the lips and cheeks near them follow (a Gaussian of distance). */
function smileWith(places: Place[], rest: Points, smile: number): void {
  const [left, right] = [rest[234], rest[454]]
  const width = left && right ? Math.abs(right[0] - left[0]) : 0
  for (const [corner, side] of [
    [61, -1],
    [291, 1],
  ] as const) {
    const at = rest[corner]
    if (!at) continue
    rest.slice(0, 468).forEach(([x, y], i) => {
      const place = places[i]
      const near = smile * Math.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / (2 * (width * 0.1) ** 2))
      if (!place) return
      place[0] += side * near * width * 0.075
      place[1] -= near * width * 0.045
    })
  }
}

/** Turned about a point between the ears: yaw about the vertical, then pitch about the horizontal. */
function turn(places: Place[], rest: Points, { yaw, pitch }: Expression): void {
  const [r, l, top, chin] = [rest[234], rest[454], rest[10], rest[152]]
  if (!r || !l || !top || !chin) return
  const [cx, cy, cz] = [(r[0] + l[0]) / 2, (top[1] + chin[1]) / 2, (r[2] + l[2]) / 2]
  const [a, b] = [(-yaw * Math.PI) / 180, (pitch * Math.PI) / 180]
  for (const place of places) {
    const [dx, dy, dz] = [place[0] - cx, place[1] - cy, place[2] - cz]
    const x = dx * Math.cos(a) + dz * Math.sin(a)
    const z = -dx * Math.sin(a) + dz * Math.cos(a)
    place[0] = cx + x
    place[1] = cy + dy * Math.cos(b) + z * Math.sin(b)
    place[2] = cz - dy * Math.sin(b) + z * Math.cos(b)
  }
}

/** Where every vertex of the mesh goes for an expression; same order and unit as `mesh.rest`. */
export function moveFace(mesh: FaceMesh, expression: Expression): Points {
  const places = mesh.rest.map(([x, y, z]): Place => [x, y, z])
  shutEyes(places, expression.blink)
  smileWith(places, mesh.rest, expression.smile)
  turn(places, mesh.rest, expression)
  mesh.extras.forEach((extra, i) => {
    const index = 468 + i
    const [at, place] = [mesh.rest[index], places[index]]
    const [from, to] = [mesh.rest[extra.follows], places[extra.follows]]
    if (extra.kind !== 'ring' || !at || !place || !from || !to) return
    place[0] = at[0] + (to[0] - from[0]) * extra.share
    place[1] = at[1] + (to[1] - from[1]) * extra.share
    place[2] = at[2]
  })
  return places
}
