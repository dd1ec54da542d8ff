import { extname, join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { CHROMIUM_FLAGS, findChromium } from '../../../scripts/chromium.ts'
import { placeBeforeCamera, type StandIn } from '../puppet/puppet-camera.ts'
import { makeFolder } from './folder.ts'
import { playableClip } from './raw-clip.ts'
import { recordStages } from './stages.ts'

/** A phone's browser: one profile (device key, cookie), one page, something before its camera. */
export interface Phone {
  readonly page: Page
  readonly context: BrowserContext
  /** What the console complained about: errors, warnings and uncaught exceptions. */
  readonly complaints: readonly string[]
  /** Every address asked for, by page and workers. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

/** Videos that Chromium itself plays as a camera. */
const RAW = new Set(['.mjpeg', '.mjpg', '.y4m'])

async function cameraFlags(standIn: StandIn, folder: string): Promise<string[]> {
  if (!('clip' in standIn) || !RAW.has(extname(standIn.clip).toLowerCase())) return []
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${await playableClip(standIn.clip, folder)}`,
  ]
}

/**
 * Opens a browser with a stand-in for its camera.
 * @param profile a folder that outlives the browser, for a person who comes back; without it one is made and removed
 * @param flags more flags for Chromium
 */
export async function openPhone(
  standIn: StandIn,
  { profile, flags = [] }: { profile?: string; flags?: readonly string[] } = {},
): Promise<Phone> {
  const folder = await makeFolder('phone-')
  const raw = await cameraFlags(standIn, folder.path)
  const context = await chromium.launchPersistentContext(profile ?? join(folder.path, 'profile'), {
    executablePath: findChromium(),
    args: [...CHROMIUM_FLAGS, ...raw, ...flags],
    viewport: { width: 390, height: 844 },
    locale: 'id-ID',
    // Ctrl-C is handled by whoever opened it.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
  const complaints: string[] = []
  const requests: string[] = []
  const close = async () => {
    await context.close()
    await folder.remove()
  }
  try {
    await context.grantPermissions(['camera'])
    await recordStages(context)
    if (raw.length === 0) await placeBeforeCamera(context, standIn)
    context.on('request', (request) => requests.push(request.url()))
    const page = context.pages()[0] ?? (await context.newPage())
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (['error', 'warning', 'assert'].includes(message.type())) complaints.push(message.text())
    })
    return { page, context, complaints, requests, close }
  } catch (error) {
    await close()
    throw error
  }
}
