import { fileURLToPath } from 'node:url'
import { FACES } from '../client/e2e/face-lab/faces.ts'
import { openLab } from '../client/e2e/face-lab/open-lab.ts'
import { middle } from './middle.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Median milliseconds a frame, ours beside Human's, and what ran. */
export interface PeerFigures {
  readonly ours: { readonly landmarks: string; readonly embedding: string }
  readonly human: { readonly version: string; readonly backend: string }
  readonly size: string
  readonly landmarks: { readonly ours: number; readonly human: number }
  readonly embedding: { readonly ours: number; readonly human: number }
}

const ROUNDS = 3
const FRAMES = 40
const EMBEDDINGS = 10

/**
 * Landmarks and embedding per frame beside @vladmandic/human, for the same outputs on the same frames in the same
 * Chromium, turn about, so that a busy moment of the machine meets both. Human runs on its WASM backend, its best here.
 * Human's embedding is the difference of its frames with and without it: it has no call for the embedding alone.
 * @throws Error when either finds no face, or anything was asked of another origin
 */
export async function measurePeers(width: number, height: number): Promise<PeerFigures> {
  const lab = await openLab({
    root: at('./page/'),
    ready: 'bench',
    folders: {
      'human-models': at('../node_modules/@vladmandic/human/models/'),
      'tfjs-wasm': at('../node_modules/@tensorflow/tfjs-backend-wasm/dist/'),
    },
  })
  try {
    const { page } = lab
    const opened = await page.evaluate(([face, frames, w, h]) => window.bench?.open(face, frames, w, h), [
      FACES.smiling,
      FRAMES,
      width,
      height,
    ] as const)
    if (!opened) throw new Error('the bench page did not open')
    const run = (name: 'ourLandmarks' | 'humanLandmarks' | 'ourEmbeddings' | 'humanWithEmbedding', frames: number) =>
      page.evaluate(([which, count]) => window.bench?.[which](count) ?? [], [name, frames] as const)
    const times = { ourLandmarks: [] as number[], humanLandmarks: [] as number[] }
    const more = { ourEmbeddings: [] as number[], humanWithEmbedding: [] as number[] }
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of ['ourLandmarks', 'humanLandmarks'] as const) times[name].push(...(await run(name, FRAMES)))
      for (const name of ['ourEmbeddings', 'humanWithEmbedding'] as const)
        more[name].push(...(await run(name, EMBEDDINGS)))
    }
    if (lab.strayed.length > 0) throw new Error(`asked for or stopped: ${lab.strayed.join(', ')}`)
    const humanLandmarks = middle(times.humanLandmarks)
    return {
      ...opened,
      size: `${width}x${height}`,
      landmarks: { ours: middle(times.ourLandmarks), human: humanLandmarks },
      embedding: { ours: middle(more.ourEmbeddings), human: middle(more.humanWithEmbedding) - humanLandmarks },
    }
  } finally {
    await lab.close()
  }
}
