import { EngineProblem } from './engine-types.ts'
import { watchStanding } from './watch-standing.ts'

/** Told of every piece that arrives: its bytes, as unpacked by the browser. */
export type Tell = (bytes: number) => void

/** A download of which no piece comes for this long is given up, s. */
const PATIENCE = 20

async function open(url: string, tell: Tell): Promise<Response> {
  const { signal, moved, end } = watchStanding(PATIENCE)
  const response = await fetch(url, { signal }).catch((error: unknown) => {
    end()
    throw new EngineProblem('no_network', error)
  })
  if (!response.ok || !response.body) {
    end()
    throw new EngineProblem('no_network', `${response.status} for ${url}`)
  }
  moved()
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, out) {
      moved()
      tell(piece.byteLength)
      out.enqueue(piece)
    },
    flush: end,
  })
  return new Response(response.body.pipeThrough(counted), { headers: { 'content-type': 'application/wasm' } })
}

/**
 * The bytes of a file of our own origin.
 * @throws EngineProblem `no_network` when it does not come, not whole, or stands still for 20 s
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
 * @throws EngineProblem `no_network` when it does not come or stands still for 20 s; WebAssembly's own errors when it is none
 */
export async function downloadModule(url: string, tell: Tell): Promise<WebAssembly.Module> {
  const response = await open(url, tell)
  return WebAssembly.compileStreaming(response).catch((error: unknown) => {
    throw error instanceof WebAssembly.CompileError ? error : new EngineProblem('no_network', error)
  })
}
