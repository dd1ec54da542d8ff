import type { Points } from './landmark-photo.ts'

/** Lash lines from the outer to the inner corner, upper and lower, then the ring of lid skin over the upper. */
export const EYES = [
  {
    corners: [33, 133],
    upper: [246, 161, 160, 159, 158, 157, 173],
    lower: [7, 163, 144, 145, 153, 154, 155],
    lid: [247, 30, 29, 27, 28, 56, 190],
  },
  {
    corners: [263, 362],
    upper: [466, 388, 387, 386, 385, 384, 398],
    lower: [249, 390, 373, 374, 380, 381, 382],
    lid: [467, 260, 259, 257, 258, 286, 414],
  },
] as const

const LIPS = {
  corners: [78, 308],
  upper: [191, 80, 81, 82, 13, 312, 311, 310, 415],
  lower: [95, 88, 178, 87, 14, 317, 402, 318, 324],
} as const

/** The outline of the mesh, in order round the face. */
const OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
] as const

/** Rings round the outline: how far out, and what share of the outline's movement each takes. */
const RINGS = [
  { out: 1.08, share: 0.85 },
  { out: 1.2, share: 0.55 },
  { out: 1.38, share: 0.22 },
  { out: 1.6, share: 0 },
] as const

/** A vertex that is not of the landmark mesh: an eyeball's edge under the lids, or a ring round the face. */
export type Extra =
  | { readonly kind: 'eye'; readonly follows: number }
  | { readonly kind: 'ring'; readonly follows: number; readonly share: number }

/** What is drawn: 468 landmarks and then the extras; triangles index into both. */
export interface FaceMesh {
  readonly rest: Points
  readonly extras: readonly Extra[]
  readonly triangles: readonly (readonly [number, number, number])[]
}

type Triangle = readonly [number, number, number]

/** Triangles between two lines of equal length that meet in both corners. */
function strip(corners: readonly [number, number], upper: readonly number[], lower: readonly number[]): Triangle[] {
  const [first, last] = corners
  const top = [first, ...upper, last]
  const bottom = [first, ...lower, last]
  return top.slice(1).flatMap((t, i): Triangle[] => {
    const [t0 = 0, b0 = 0, b1 = 0] = [top[i], bottom[i], bottom[i + 1]]
    return [
      [t0, b0, t],
      [t, b0, b1],
    ]
  })
}

/**
 * The mesh to warp: the landmarks' tesselation, its three holes filled, and rings that carry the movement of the
 * outline out into hair and neck until nothing moves, so that no edge shows.
 * @param points 478 landmarks in pixels of the camera's picture
 * @param tesselation MediaPipe's triangles
 */
export function buildFaceMesh(points: Points, tesselation: readonly Triangle[]): FaceMesh {
  const rest = [...points.slice(0, 468)]
  const extras: Extra[] = []
  const triangles: Triangle[] = [...tesselation]
  const add = (at: readonly [number, number, number], extra: Extra): number => {
    rest.push(at)
    extras.push(extra)
    return rest.length - 1
  }
  const place = (index: number) => rest[index] ?? ([0, 0, 0] as const)
  // The eyeball stays while the lids close over it: its edge is a copy of the lash lines, a little deeper.
  for (const eye of EYES) {
    const copy = (index: number) => {
      const [x, y, z] = place(index)
      return add([x, y, z + 3], { kind: 'eye', follows: index })
    }
    const [outer, inner] = eye.corners
    triangles.push(...strip([copy(outer), copy(inner)], eye.upper.map(copy), eye.lower.map(copy)))
  }
  triangles.push(...strip(LIPS.corners, LIPS.upper, LIPS.lower))
  const middle = [0, 1].map((k) => OVAL.reduce((sum, index) => sum + (place(index)[k] ?? 0), 0) / OVAL.length)
  const [cx = 0, cy = 0] = middle
  let inside: readonly number[] = OVAL
  for (const { out, share } of RINGS) {
    const ring = OVAL.map((index) => {
      const [x, y, z] = place(index)
      return add([cx + (x - cx) * out, cy + (y - cy) * out, z + 40], { kind: 'ring', follows: index, share })
    })
    ring.forEach((vertex, i) => {
      const next = (i + 1) % ring.length
      const [a = 0, b = 0, c = 0] = [inside[i], inside[next], ring[next]]
      triangles.push([a, vertex, b], [b, vertex, c])
    })
    inside = ring
  }
  return { rest, extras, triangles }
}
