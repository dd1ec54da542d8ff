import type { Page } from 'playwright-core'
import { z } from 'zod'

/** Playwright's own line to the page, which it does not hand out: as in the version that package.json pins. */
const inside = z.object({
  delegate: z.object({ _mainFrameSession: z.object({ _client: z.custom<Inspector>((it) => it !== undefined) }) }),
})
interface Inspector {
  send(method: string, params?: Record<string, number>): Promise<unknown>
}

/**
 * Chromium keeps what goes over the network for whoever inspects a page, in the page's own process and up to 100 MB
 * (`Network.enable`, maxTotalBufferSize of the DevTools protocol), and Playwright always does. Throws away what was kept, and
 * keeps nothing from now on: for tests of what a page holds. @throws ZodError when Playwright is built otherwise
 */
export async function keepNoTraffic(page: Page): Promise<void> {
  const { _connection: connection } = page as unknown as { _connection: { toImpl(page: Page): unknown } }
  const { _client: client } = inside.parse(connection.toImpl(page)).delegate._mainFrameSession
  await client.send('Network.disable')
  await client.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0, maxPostDataSize: 0 })
}
