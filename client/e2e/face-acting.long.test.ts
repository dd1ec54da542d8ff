import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTemplate } from '../../shared/face/match.ts'
import { FACE_MODELS } from '../../shared/face/model.ts'
import { dot } from '../../shared/face/vector.ts'
import { CHALLENGE_NAMES, CHALLENGES, type ChallengeName } from '../../shared/liveness/challenges.ts'
import { type Measures, measure } from '../../shared/liveness/measures.ts'
import type { lab } from './face-lab/lab.ts'
import { type Lab, openLab } from './face-lab/open-lab.ts'
import { type Folder, makeFolder } from './harness/folder.ts'
import { SITTERS, type SitterName } from './puppet/photos.ts'
import { preparePuppet } from './puppet/puppets.ts'

const [model] = FACE_MODELS
/** Pictures of one action, at most, evenly chosen. */
const MOST = 6

let folder: Folder
beforeAll(async () => {
  folder = await makeFolder('acting-')
})
afterAll(() => folder.remove())

interface Picture {
  readonly measures: Measures
  readonly template: Float32Array
}

/** Reads and embeds a picture as the product does. */
async function read({ page }: Lab, file: string): Promise<Picture | null> {
  const crop = { file, x: 80, y: 0, size: 480 }
  const seen = await page.evaluate((one) => (window as unknown as { lab: typeof lab }).lab.read(one), crop)
  if (!seen) return null
  const { landmarks, vector } = seen
  const at = (i: number) => [(landmarks[3 * i] ?? 0) / 640, (landmarks[3 * i + 1] ?? 0) / 640] as const
  return { measures: measure(at), template: makeTemplate(model, [Float32Array.from(vector)]) }
}

const spread = <T>(all: readonly T[], most: number): T[] =>
  all.length <= most ? [...all] : Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)] as T)

it.each(Object.keys(SITTERS) as SitterName[])('puppet %s is one person, whatever it is asked to do', async (name) => {
  const { frames } = await preparePuppet(name)
  const files = await Promise.all(
    frames.map(async (frame, i) => {
      await writeFile(join(folder.path, `${i}.jpg`), Buffer.from(frame.jpeg, 'base64'))
      return `${i}.jpg`
    }),
  )
  const page = await openLab({ folders: { photo: folder.path } })
  try {
    await page.page.evaluate(() => (window as unknown as { lab: typeof lab }).lab.open(null))
    const pictures: Picture[] = []
    for (const file of files) {
      const picture = await read(page, file)
      if (picture) pictures.push(picture)
    }
    const [still] = pictures
    if (!still) throw new Error('no face at rest')
    const { ear, smile, pose, height } = still.measures
    const rest = { openEar: ear, smile, yaw: pose.yaw, pitch: pose.pitch, height }
    const acting = CHALLENGE_NAMES.map((asked): [ChallengeName, Picture[]] => [
      asked,
      spread(
        pictures.filter(({ measures }) => CHALLENGES[asked].shows(measures, rest)),
        MOST,
      ),
    ])
    const told = acting.map(([asked, of]) => {
      const scores = of.map(({ template }) => dot(template, still.template))
      return `${asked} ${of.length ? Math.min(...scores).toFixed(3) : '-'}`
    })
    const all = [still, ...acting.flatMap(([, of]) => of)]
    const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b) => dot(a.template, b.template)))
    console.log(
      `puppet ${name}, lowest score against rest: ${told.join(', ')}; any two ${Math.min(...pairs).toFixed(3)}`,
    )
    expect(acting.filter(([, of]) => of.length > 0).length).toBeGreaterThanOrEqual(3)
    expect(Math.min(...pairs)).toBeGreaterThan(model.together)
  } finally {
    await page.close()
    for (const file of files) await rm(join(folder.path, file))
  }
})
