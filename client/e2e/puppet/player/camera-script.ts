import { drawPerson } from '../../screens/drawn-person.ts'
import type { Atlas } from '../atlas.ts'
import { type Manner, startActor } from './actor.ts'
import { openAlbum, pictureOf } from './frames.ts'
import { film, type Scene } from './studio.ts'

/** What stands in for the camera; see puppet-camera.ts. */
export type CameraOrder =
  | { readonly kind: 'puppet'; readonly manner: Manner; readonly lostAfter?: number }
  | { readonly kind: 'clip'; readonly type: string }
  /** A drawn person, for pictures that may show nobody real. */
  | { readonly kind: 'figure' }
  | { readonly kind: 'trouble'; readonly name: 'NotFoundError' | 'NotAllowedError' | 'NotReadableError' }

/** What the test gives the page, without a network request. */
interface Given {
  readonly cameraOrder: CameraOrder
  cameraAtlas(): Promise<Atlas>
  /** A clip's bytes in base64, and its prompt-less loop. */
  cameraClip(): Promise<string>
}

const given = globalThis as unknown as Given

/** The prompt on the page at this moment; '' when none. */
const readPrompt = (): string =>
  document.querySelector<HTMLElement>('[data-testid="camera-view"]')?.dataset.prompt ?? ''

/** The head is never quite still: about a degree to and fro. */
const sway = (now: number): number => 0.8 * Math.sin(now / 1700) + 0.4 * Math.sin(now / 610)

async function puppetScene(manner: Manner): Promise<Scene> {
  const atlas = await given.cameraAtlas()
  const album = await openAlbum(atlas.frames)
  const actor = startActor(manner, atlas.reach, Math.random)
  return (now) => {
    const held = actor(now, readPrompt())
    const idle = held.axis === 'yaw' && manner !== 'photograph'
    return pictureOf(album, idle ? { axis: 'yaw', value: held.value + sway(now) } : held)
  }
}

async function clipScene(type: string): Promise<Scene> {
  const bytes = Uint8Array.from(atob(await given.cameraClip()), (char) => char.charCodeAt(0))
  const video = document.createElement('video')
  Object.assign(video, { muted: true, loop: true, src: URL.createObjectURL(new Blob([bytes], { type })) })
  await video.play()
  return () => video
}

/** Drawn once, looking straight ahead. */
async function figureScene(): Promise<Scene> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2D canvas')
  drawPerson(context, 0)
  return () => canvas
}

const openScene = (order: Exclude<CameraOrder, { kind: 'trouble' }>): Promise<Scene> =>
  order.kind === 'puppet' ? puppetScene(order.manner) : order.kind === 'clip' ? clipScene(order.type) : figureScene()

let opened: Promise<Scene> | null = null

async function openStream(order: CameraOrder): Promise<MediaStream> {
  if (order.kind === 'trouble') throw new DOMException('', order.name)
  opened ??= openScene(order)
  const steady = order.kind === 'clip' || (order.kind === 'puppet' && order.manner === 'photograph')
  const stream = film(await opened, steady)
  const track = stream.getVideoTracks()[0]
  if (track && order.kind === 'puppet' && order.lostAfter !== undefined)
    setTimeout(() => {
      track.stop()
      track.dispatchEvent(new Event('ended'))
    }, order.lostAfter)
  return stream
}

// Insecure pages have no mediaDevices, and keep none.
if (navigator.mediaDevices) {
  const device = { deviceId: 'stand-in', groupId: 'stand-in', kind: 'videoinput', label: 'Camera' } as const
  const devices = given.cameraOrder.kind === 'trouble' && given.cameraOrder.name === 'NotFoundError' ? [] : [device]
  Object.assign(navigator.mediaDevices, {
    getUserMedia: () => openStream(given.cameraOrder),
    enumerateDevices: async () => devices.map((entry) => ({ ...entry, toJSON: () => entry })),
  })
}
