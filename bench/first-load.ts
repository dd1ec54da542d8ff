import { get } from 'node:http'

/** Bytes of the body as it goes over the wire, brotli where the server has it. */
function weigh(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br' } }, (response) => {
      let bytes = 0
      response.on('data', (piece: Buffer) => {
        bytes += piece.length
      })
      response.on('end', () => resolve(bytes))
    }).on('error', reject)
  })
}

/**
 * What a first load costs: the bytes on the wire of every file of the origin that was asked for, each once.
 * @param requests addresses asked for by page and workers, repeats included
 */
export async function weighFirstLoad(requests: readonly string[], origin: string): Promise<number> {
  const files = new Set(requests.filter((url) => url.startsWith(origin) && !url.includes('/api/')))
  const sizes = await Promise.all([...files].map(weigh))
  return sizes.reduce((sum, bytes) => sum + bytes, 0)
}
