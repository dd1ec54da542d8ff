import { EngineProblem } from './engine-types.ts'

/** Told of every piece that arrives: its bytes, as unpacked by the browser. */
export type Tell = (bytes: number) => void

async function open(url: string, tell: Tell): Promise<Response> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new EngineProblem('no_network', error)
  })
  if (!response.ok || !response.body) throw new EngineProblem('no_network', `${response.status} for ${url}`)
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, out) {
      tell(piece.byteLength)
      out.enqueue(piece)
    },
  })
  return new Response(response.body.pipeThrough(counted), { headers: { 'content-type': 'application/wasm' } })
}

/**
 * The bytes of a file of our own origin.
 * @throws EngineProblem `no_network` when it does not come, or not whole
 */
export async function download(url: string, tell: Tell): Promise<Uint8Array> {
  const response = await open(url, tell)
  const buffer = await response.arrayBuffer().catch((error: unknown) => {
    throw new EngineProblem('no_network', error)
  })
  return new Uint8Array(buffer)
}

/**
 * A WebAssembly module, compiled while it arrives.
 * @throws EngineProblem `no_network` when it does not come; WebAssembly's own errors when it is none
 */
export async function downloadModule(url: string, tell: Tell): Promise<WebAssembly.Module> {
  const response = await open(url, tell)
  return WebAssembly.compileStreaming(response).catch((error: unknown) => {
    throw error instanceof WebAssembly.CompileError ? error : new EngineProblem('no_network', error)
  })
}
