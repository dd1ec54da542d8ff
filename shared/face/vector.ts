/** Numbers of one face embedding, or of anything of the same shape. */
export type Vector = ArrayLike<number>

/**
 * The scalar product of two vectors; for unit vectors this is their cosine.
 * @throws RangeError when the lengths differ: vectors of different networks must never be compared.
 */
export function dot(a: Vector, b: Vector): number {
  if (a.length !== b.length) throw new RangeError(`vectors of ${a.length} and ${b.length} numbers cannot be compared`)
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

/** The Euclidean length of a vector. */
export function lengthOf(a: Vector): number {
  return Math.sqrt(dot(a, a))
}

/**
 * The cosine of the angle between two vectors, -1 to 1.
 * @throws RangeError when the lengths differ or one vector has no direction (length 0 or not finite).
 */
export function cosine(a: Vector, b: Vector): number {
  const product = dot(a, b)
  const scale = lengthOf(a) * lengthOf(b)
  if (!(scale > 0) || !Number.isFinite(scale)) throw new RangeError('a vector without a direction has no cosine')
  return Math.min(1, Math.max(-1, product / scale))
}

/**
 * The vector of length 1 in the same direction.
 * @throws RangeError when there is no direction (length 0 or not finite).
 */
export function unit(a: Vector): Float32Array {
  const length = lengthOf(a)
  if (!(length > 0) || !Number.isFinite(length)) throw new RangeError('a vector without a direction has no unit vector')
  return Float32Array.from(a, (value) => value / length)
}

/**
 * The direction of the mean of several vectors, each counted by its direction only.
 * @throws RangeError when the list is empty, lengths differ, or the directions cancel out.
 */
export function meanDirection(vectors: readonly Vector[]): Float32Array {
  const first = vectors[0]
  if (!first) throw new RangeError('no vectors to take a mean of')
  const sum = new Float64Array(first.length)
  for (const vector of vectors) {
    if (vector.length !== first.length) throw new RangeError('vectors of different lengths have no mean')
    const scale = 1 / lengthOf(vector)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0) * scale
  }
  return unit(sum)
}
