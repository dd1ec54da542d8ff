import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { download } from './download.ts'

/** Answers like a server that sends pieces when the test says so; the body breaks when the fetch is aborted. */
function stubFetch() {
  let body: ReadableStreamDefaultController<Uint8Array> | undefined
  const fetching = vi.fn(async (_url: string, { signal }: { signal: AbortSignal }) => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        body = controller
        signal.addEventListener('abort', () => controller.error(signal.reason))
      },
    })
    return new Response(stream)
  })
  vi.stubGlobal('fetch', fetching)
  return { send: () => body?.enqueue(new Uint8Array(10)), end: () => body?.close() }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Lets the streams pass on what they hold. */
const settle = () => new Promise((resolve) => setTimeout(resolve))

it('comes however slowly, as long as it moves', async () => {
  const { send, end } = stubFetch()
  const told: number[] = []
  const coming = download('/weights', (bytes) => told.push(bytes))
  for (let piece = 0; piece < 3; piece += 1) {
    await settle()
    vi.advanceTimersByTime(15_000)
    send()
  }
  await settle()
  end()
  expect(await coming).toHaveLength(30)
  expect(told).toEqual([10, 10, 10])
  expect(vi.getTimerCount()).toBe(0)
})

it('is given up when it stands still', async () => {
  const { send } = stubFetch()
  const coming = expect(download('/weights', () => undefined)).rejects.toMatchObject({ code: 'no_network' })
  await settle()
  send()
  await settle()
  vi.advanceTimersByTime(20_000)
  await coming
  expect(vi.getTimerCount()).toBe(0)
})
