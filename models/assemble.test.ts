import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assembleModels, ModelsProblem } from './assemble.ts'
import { readManifest } from './manifest.ts'
import { RECIPES } from './recipes.ts'

const folder = mkdtempSync(join(tmpdir(), 'models-'))
const into = join(folder, 'build')
const nodeModules = fileURLToPath(new URL('../node_modules', import.meta.url))

/** A node_modules that lacks, or has other bytes at, one path of the real one. */
function modulesWithout(path: string, bytes?: Uint8Array): string {
  const root = mkdtempSync(join(folder, 'modules-'))
  for (const { name } of readManifest().sources) {
    const at = join(root, name)
    mkdirSync(join(at, '..'), { recursive: true })
    if (name !== path) symlinkSync(join(nodeModules, name), at)
    else if (bytes) writeFileSync(at, bytes)
  }
  return root
}

afterAll(() => rmSync(folder, { recursive: true }))

describe('assembling the models', () => {
  let first: string[]
  beforeAll(async () => {
    first = await assembleModels({ into })
  })

  it('builds every file of the manifest, byte for byte, and nothing else', () => {
    const names = readManifest().files.map(({ name }) => name)
    expect(first).toEqual(names)
    expect(readdirSync(into).sort()).toEqual([...names].sort())
    expect([...RECIPES.keys()]).toEqual(names)
  })

  it('does nothing the second time', async () => {
    const times = () => readdirSync(into).map((name) => statSync(join(into, name)).mtimeMs)
    const before = times()
    expect(await assembleModels({ into })).toEqual([])
    expect(times()).toEqual(before)
  })

  it('rebuilds a damaged file, even of the same length, and a missing one', async () => {
    const whole = readFileSync(join(into, 'face_landmarker.task'))
    const damaged = Uint8Array.from(whole)
    damaged[4_000_000] = (damaged[4_000_000] ?? 0) ^ 1
    writeFileSync(join(into, 'face_landmarker.task'), damaged)
    rmSync(join(into, 'dlib_resnet.specs.json'))
    const lines: string[] = []
    const built = await assembleModels({ into, log: (line) => lines.push(line) })
    expect(built).toEqual(['face_landmarker.task', 'dlib_resnet.specs.json'])
    expect(lines[0]).toMatch(/^rebuilt .*face_landmarker\.task/)
    expect(readFileSync(join(into, 'face_landmarker.task')).equals(whole)).toBe(true)
  })

  it('gives the same bytes in another time zone', async () => {
    const zone = process.env.TZ
    process.env.TZ = 'Asia/Jayapura'
    try {
      expect(await assembleModels({ into: join(folder, 'east') })).toHaveLength(first.length)
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })

  it('names a missing source and the way to get it', async () => {
    const path = '@vladmandic/face-api/model/face_recognition_model.bin'
    const attempt = assembleModels({ into: join(folder, 'other'), modules: modulesWithout(path) })
    await expect(attempt).rejects.toThrow(ModelsProblem)
    await expect(attempt).rejects.toThrow(`node_modules/${path} is missing: get it with "npm ci"`)
  })

  it('refuses a source of other bytes', async () => {
    const path = '@mediapipe/face_mesh/face_mesh_solution_packed_assets.data'
    const modules = modulesWithout(path, new Uint8Array(3_986_256))
    await expect(assembleModels({ into: join(folder, 'wrong'), modules })).rejects.toThrow(/is not the file expected/)
  })
})
