import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { bundlePage } from './bundle-page.ts'
import type { SitterName } from './photos.ts'
import type { Manner } from './player/actor.ts'
import type { CameraOrder } from './player/camera-script.ts'
import { preparePuppet } from './puppets.ts'

const SCRIPT = new URL('./player/camera-script.ts', import.meta.url)

/** What a person before the camera is, for a browser that has none. */
export type StandIn =
  | { readonly puppet: SitterName; readonly manner?: Manner /** ms */; readonly lostAfter?: number }
  /** A webm or mp4 file, looped. Raw mjpeg and y4m are flags of the browser instead: see browser.ts. */
  | { readonly clip: string }
  /** A drawn person. */
  | { readonly figure: true }
  | { readonly trouble: 'NotFoundError' | 'NotAllowedError' | 'NotReadableError' }

const TYPES: Readonly<Record<string, string>> = { '.webm': 'video/webm', '.mp4': 'video/mp4' }

function orderOf(standIn: StandIn): CameraOrder {
  if ('trouble' in standIn) return { kind: 'trouble', name: standIn.trouble }
  if ('figure' in standIn) return { kind: 'figure' }
  if ('clip' in standIn) return { kind: 'clip', type: TYPES[extname(standIn.clip).toLowerCase()] ?? '' }
  const { manner = 'follows', lostAfter } = standIn
  return lostAfter === undefined ? { kind: 'puppet', manner } : { kind: 'puppet', manner, lostAfter }
}

/**
 * Puts a stand-in in the camera's place in every page the context opens from now on: it replaces getUserMedia, so the
 * product reads it as it reads a camera. Pictures come to the page by binding, not by any request.
 */
export async function placeBeforeCamera(context: BrowserContext, standIn: StandIn): Promise<void> {
  if ('puppet' in standIn) {
    const atlas = await preparePuppet(standIn.puppet)
    await context.exposeFunction('cameraAtlas', () => atlas)
  }
  if ('clip' in standIn) {
    const bytes = (await readFile(standIn.clip)).toString('base64')
    await context.exposeFunction('cameraClip', () => bytes)
  }
  const script = await bundlePage(SCRIPT)
  await context.addInitScript({ content: `globalThis.cameraOrder = ${JSON.stringify(orderOf(standIn))};\n${script}` })
}
