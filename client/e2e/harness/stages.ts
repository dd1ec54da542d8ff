import type { BrowserContext, Page } from 'playwright-core'
import { bundlePage } from '../puppet/bundle-page.ts'

/** What the camera screen showed, and from when, ms of the page's clock. */
export interface Stage {
  readonly stage: string
  readonly prompt: string
  readonly at: number
}

/** Everything kept of a page since it was opened. */
export interface Recording {
  stages: Stage[]
  /** Tasks of the main thread of 50 ms and more. */
  longTasks: { at: number; ms: number }[]
}

/** Has every page keep what its camera view, receipt and failure show over time. */
export async function recordStages(context: BrowserContext): Promise<void> {
  const content = await bundlePage(new URL('./stage-recorder.ts', import.meta.url))
  await context.addInitScript({ content })
}

/** What was kept since the page was opened. */
export const readRecording = (page: Page): Promise<Recording> =>
  page.evaluate(() => (globalThis as unknown as { recording: Recording }).recording)

/** A stage and how long it lasted. */
export interface Timed {
  readonly name: string
  readonly ms: number
}

/** How long each stage lasted; a prompt is a stage of its own. The end lasts nothing and is left out. */
export function timeStages(stages: readonly Stage[]): Timed[] {
  return stages.slice(0, -1).map(({ stage, prompt, at }, i) => ({
    name: prompt === '' ? stage : `${stage} ${prompt}`,
    ms: Math.round((stages[i + 1]?.at ?? at) - at),
  }))
}
