/**
 * Cuts one file out of a packed `.data` file by the offsets its loader script lists
 * (`{"filename": ".../NAME", "start": N, "end": N}`).
 * @throws Error when the loader does not list it or the data ends too early
 */
export function cutPackedAsset(loader: string, data: Uint8Array, name: string): Uint8Array {
  for (const [, path = '', start, end] of loader.matchAll(/"filename": "([^"]+)", "start": (\d+), "end": (\d+)/g)) {
    if (!path.endsWith(`/${name}`)) continue
    if (Number(end) > data.length) throw new Error(`${name}: the packed file ends before it`)
    return data.subarray(Number(start), Number(end))
  }
  throw new Error(`${name}: not listed by the loader`)
}
