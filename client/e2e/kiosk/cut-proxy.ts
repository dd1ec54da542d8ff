import { createHash } from 'node:crypto'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

const PART = '/assets/new-part.js'
const PART_BYTES = Buffer.from(`// ${'a part of the next build '.repeat(4000)}`)
const hashOf = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('base64')

/** Stands before a built server as its network: can be cut off, and has the next build of the kiosk to give out. */
export interface CutProxy {
  readonly origin: string
  /** No request gets through. */
  isDown: boolean
  /** The kiosk's page and worker are those of another build: `data-build` says so on its page. */
  isNew: boolean
  /** The connection breaks in the middle of the next build's new file. */
  breaks: boolean
  /** How often that file was asked for. */
  readonly asked: () => number
  close(): Promise<void>
}

export async function openCutProxy(behind: string): Promise<CutProxy> {
  let asked = 0
  const plain = async (path: string) => (await fetch(behind + path)).text()
  const page = (await plain('/kiosk')).replace('<html', '<html data-build="next"')
  const worker = await plain('/kiosk/sw.js')
  const at = worker.indexOf(hashOf(await plain('/kiosk')))
  if (at < 0) throw new Error('the worker does not know its page')
  const tuple = worker.lastIndexOf('[', at)
  const next = `${worker.slice(0, tuple)}["${PART}","${hashOf(PART_BYTES)}"],${worker.slice(tuple)}`
  const files: Readonly<Record<string, Buffer>> = {
    '/kiosk': Buffer.from(page),
    '/kiosk/sw.js': Buffer.from(next.replace(hashOf(await plain('/kiosk')), hashOf(page))),
    [PART]: PART_BYTES,
  }

  const server = createServer((incoming, outgoing) => {
    const { url = '/', method, headers } = incoming
    if (proxy.isDown) return incoming.socket.destroy()
    const file = proxy.isNew && method === 'GET' ? files[url] : undefined
    const { hostname, port } = new URL(behind)
    // The host stays the one the browser signed for; the new file gets the headers of the page.
    const onward = request({
      hostname,
      port,
      path: file !== undefined && url === PART ? '/kiosk' : url,
      method,
      headers,
    })
    onward.on('error', () => outgoing.destroy())
    onward.on('response', (answer) => {
      if (file === undefined) {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        return answer.pipe(outgoing)
      }
      answer.resume()
      const { 'content-encoding': _, 'transfer-encoding': __, etag: ___, ...kept } = answer.headers
      const type = url === '/kiosk' ? 'text/html' : 'text/javascript'
      outgoing.writeHead(200, { ...kept, 'content-type': type, 'content-length': file.length })
      if (url !== PART) return outgoing.end(file)
      asked += 1
      if (!proxy.breaks) return outgoing.end(file)
      outgoing.write(file.subarray(0, file.length / 2), () => incoming.socket.destroy())
    })
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const proxy: CutProxy = {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    isDown: false,
    isNew: false,
    breaks: false,
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return proxy
}
