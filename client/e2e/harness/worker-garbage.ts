import type { CDPSession } from 'playwright-core'

/** The events and calls used here, which the tool's own types do not hold together. */
interface Attached {
  readonly sessionId: string
}
interface Received {
  readonly message: string
}

/**
 * Follows the workers of a page, so that their garbage can be collected as the page's own is: V8 leaves a worker's lying for
 * as long as there is room. @returns collects it in every worker that is there
 */
export async function followWorkers(cdp: CDPSession): Promise<() => Promise<void>> {
  const workers = new Set<string>()
  const waiting = new Map<number, () => void>()
  let last = 0
  cdp.on('Target.attachedToTarget', ({ sessionId }: Attached) => workers.add(sessionId))
  cdp.on('Target.detachedFromTarget', ({ sessionId }: Attached) => workers.delete(sessionId))
  cdp.on('Target.receivedMessageFromTarget', ({ message }: Received) => {
    const { id } = JSON.parse(message) as { id?: number }
    if (id !== undefined) waiting.get(id)?.()
  })
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  return async () => {
    for (const sessionId of workers) {
      last += 1
      const answered = new Promise<void>((resolve) => waiting.set(last, resolve))
      const message = JSON.stringify({ id: last, method: 'HeapProfiler.collectGarbage' })
      await cdp.send('Target.sendMessageToTarget', { sessionId, message })
      await answered
      waiting.delete(last)
    }
  }
}
