import type { Page } from 'playwright-core'
import type { Failure, WalkState } from '../../check-in/walk-state.ts'
import { type Answers, morning } from './answers.ts'
import type { Stage } from './stage.ts'

/** One screen in one state: how to get there, and what must be visible. */
export interface Scene {
  readonly name: string
  readonly answers: Answers
  readonly hash?: string
  readonly act?: (page: Page) => Promise<void>
  /** A selector that says the scene is there. */
  readonly shows: string
  /** Only for pictures: its structure is that of another scene, which is checked. */
  readonly pictureOnly?: true
}

declare global {
  // The stage's handle inside of the page (stage.ts).
  var stage: Stage
}

/** Plays one state of the walk under way. */
export const show = (page: Page, state: WalkState): Promise<void> => page.evaluate((next) => stage.show(next), state)

/** Past the get-ready step: the walk has begun, no camera yet. */
export async function beginWalk(page: Page): Promise<void> {
  await page.getByTestId('start-camera').click()
  await page.waitForFunction(() => stage.calls.includes('start'))
}

/** As `beginWalk`, and the drawn camera is open. */
export async function startCamera(page: Page): Promise<void> {
  await beginWalk(page)
  await page.evaluate(() => stage.openCamera())
}

export const asking = (
  prompt: Extract<WalkState, { stage: 'asking' }>['prompt'],
  change: Partial<Extract<WalkState, { stage: 'asking' }>> = {},
): WalkState => ({
  stage: 'asking',
  prompt,
  attempt: 1,
  step: 1,
  steps: 2,
  secondsLeft: 4,
  hint: null,
  ring: 0.42,
  ...change,
})

/** The failure screen for a code, reached from a walk. */
export const failed = (failure: Failure, retryAfter?: number): Scene => ({
  name: `failure-${failure}`,
  answers: morning,
  hash: '#/check-in',
  async act(page) {
    await startCamera(page)
    await show(page, { stage: 'failed', failure, ...(retryAfter ? { retryAfter } : {}) })
  },
  shows: `[data-testid=failure][data-failure=${failure}]`,
})

/** The camera screen in a state of a check-in. */
export const camera = (name: string, state: WalkState): Scene => ({
  name: `camera-${name}`,
  answers: morning,
  hash: '#/check-in',
  async act(page) {
    if (state.stage === 'loading' || state.stage === 'permission') await beginWalk(page)
    else await startCamera(page)
    await show(page, state)
  },
  shows: `[data-testid=camera-view][data-stage=${state.stage}]`,
})

export const pictureOnly = (scene: Scene): Scene => ({ ...scene, pictureOnly: true })
