type Point = readonly [number, number]

/** Moves points to mean 0 and mean distance sqrt 2 (Hartley 1997), so that the system below is well conditioned. */
function normalise(points: readonly Point[]): { points: Point[]; scale: number; x: number; y: number } {
  const n = points.length
  const x = points.reduce((sum, p) => sum + p[0], 0) / n
  const y = points.reduce((sum, p) => sum + p[1], 0) / n
  const spread = points.reduce((sum, p) => sum + Math.hypot(p[0] - x, p[1] - y), 0) / n
  const scale = spread > 0 ? Math.SQRT2 / spread : 1
  return { points: points.map(([px, py]) => [(px - x) * scale, (py - y) * scale]), scale, x, y }
}

/** Solves a square system in place by Gaussian elimination with partial pivoting; null when it is singular. */
function solve(matrix: number[][]): number[] | null {
  const n = matrix.length
  for (let col = 0; col < n; col += 1) {
    const order = matrix.slice(col).sort((a, b) => Math.abs(b[col] ?? 0) - Math.abs(a[col] ?? 0))
    matrix.splice(col, n - col, ...order)
    const pivotRow = matrix[col] ?? []
    const pivot = pivotRow[col] ?? 0
    if (Math.abs(pivot) < 1e-12) return null
    for (let row = col + 1; row < n; row += 1) {
      const target = matrix[row] ?? []
      const factor = (target[col] ?? 0) / pivot
      for (let k = col; k <= n; k += 1) target[k] = (target[k] ?? 0) - factor * (pivotRow[k] ?? 0)
    }
  }
  const out = new Array<number>(n).fill(0)
  for (let row = n - 1; row >= 0; row -= 1) {
    const r = matrix[row] ?? []
    let sum = r[n] ?? 0
    for (let k = row + 1; k < n; k += 1) sum -= (r[k] ?? 0) * (out[k] ?? 0)
    out[row] = sum / (r[row] ?? 1)
  }
  return out
}

/**
 * How badly one plane-to-plane map explains the movement of points from one picture to another: the least-squares
 * homography (direct linear transform, Hartley & Zisserman 2004, 4.1, with h33 = 1 over normalised points), then the
 * root-mean-square distance of mapped to seen points. A photograph that is moved or turned gives next to nothing; a
 * face with depth cannot be explained by a plane.
 * @param from,to at least 5 points each, in the same order and unit
 * @returns the residual in that unit, or null when the points lie on a line
 */
export function homographyResidual(from: readonly Point[], to: readonly Point[]): number | null {
  const a = normalise(from)
  const b = normalise(to)
  const normal = Array.from({ length: 8 }, () => new Array<number>(9).fill(0))
  a.points.forEach(([x, y], i) => {
    const [u, v] = b.points[i] ?? [0, 0]
    const rows = [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ]
    for (const row of rows)
      for (let p = 0; p < 8; p += 1)
        for (let q = 0; q < 9; q += 1)
          (normal[p] as number[])[q] = (normal[p]?.[q] ?? 0) + (row[p] ?? 0) * (row[q] ?? 0)
  })
  const h = solve(normal)
  if (!h) return null
  const [h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0] = h
  const squares = a.points.reduce((sum, [x, y], i) => {
    const [u, v] = b.points[i] ?? [0, 0]
    const w = h6 * x + h7 * y + 1
    return sum + ((h0 * x + h1 * y + h2) / w - u) ** 2 + ((h3 * x + h4 * y + h5) / w - v) ** 2
  }, 0)
  return Math.sqrt(squares / a.points.length) / b.scale
}
