import type { BrowserContext, Page } from 'playwright-core'

/** What the camera screen showed, and from when, ms of the page's clock. */
export interface Stage {
  readonly stage: string
  readonly prompt: string
  readonly at: number
}

interface Recording {
  stages: Stage[]
}

/** Has every page keep what its camera view, receipt and failure show over time. */
export async function recordStages(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const recording: Recording = { stages: [] }
    Object.assign(globalThis, { recording })
    const note = (stage: string, prompt = '') => {
      const last = recording.stages.at(-1)
      if (last?.stage !== stage || last.prompt !== prompt)
        recording.stages.push({ stage, prompt, at: performance.now() })
    }
    const look = () => {
      const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`)
      const view = find('camera-view')
      if (view) note(view.dataset.stage ?? '', view.dataset.prompt)
      else if (find('receipt') || find('enrolled') || find('failure')) note('end')
      else if (find('save-shots')) note('choosing')
      else if (find('start-camera')) note('ready', find('preparing')?.dataset.state)
    }
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
  })
}

/** The stages recorded since the page was opened. */
export const readStages = (page: Page): Promise<Stage[]> =>
  page.evaluate(() => (globalThis as unknown as { recording: Recording }).recording.stages)

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
