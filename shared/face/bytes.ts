/** Numbers of a vector as little-endian float32, four bytes each: how encodings are stored and sent. */
export function vectorToBytes(vector: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(vector.length * 4)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < vector.length; i++) view.setFloat32(4 * i, vector[i] ?? 0, true)
  return bytes
}

/** The vector of such bytes; null when their count is no multiple of four or a number is not finite. */
export function bytesToVector(bytes: Uint8Array): Float32Array | null {
  if (bytes.length % 4 !== 0) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const vector = new Float32Array(bytes.length / 4)
  for (let i = 0; i < vector.length; i++) vector[i] = view.getFloat32(4 * i, true)
  return vector.every(Number.isFinite) ? vector : null
}
