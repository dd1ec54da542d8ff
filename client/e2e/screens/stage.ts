import { h, render } from 'preact'
import type { Camera } from '../../camera/camera-types.ts'
import type { WalkState } from '../../check-in/walk-state.ts'
import { createApi } from '../../core/api.ts'
import { createKept } from '../../core/kept.ts'
import { createLanguage, rememberedLanguage } from '../../core/language.ts'
import { createRemembered } from '../../core/remembered.ts'
import { createRouter } from '../../core/router.ts'
import { createSession } from '../../core/session.ts'
import '../../phone/styles.css'
import { App } from '../../phone/app.tsx'
import type { StartWalk, WalkOptions } from '../../phone/walks.ts'
import { drawPerson } from './drawn-person.ts'

/**
 * The real page with scripted walks: a test plays the states a walk can show, without camera or networks, and looks at
 * what the screens make of them. The walks themselves are tested elsewhere, as they are.
 */
export interface Stage {
  /** Shows a state of the walk under way. Pictures of shots are drawn here. */
  show(state: WalkState): void
  /** Shots for `shooting` and `choosing`, drawn. */
  showShots(stage: 'shooting' | 'choosing', prompts: readonly ShotPrompt[], next: ShotPrompt): Promise<void>
  openCamera(): Promise<void>
  end(reply: unknown): void
  calls: string[]
  /** The camera the latest walk was asked to open. */
  cameraId: string | undefined
  /** Where the latest walk would say that she is. */
  where(): Promise<unknown>
}
type ShotPrompt = 'pose-front' | 'pose-left' | 'pose-right'

const TURN = { 'pose-front': 0, 'pose-left': 0.6, 'pose-right': -0.6 } as const

function drawnPicture(turn: number, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context) drawPerson(context, turn)
  return canvas
}

let current: { options: WalkOptions; finish: (reply: unknown) => void } | null = null
const calls: string[] = []

async function drawnCamera(): Promise<Camera> {
  const canvas = drawnPicture(0, 480, 640)
  const stream = canvas.captureStream(10)
  const timer = setInterval(() => {
    const context = canvas.getContext('2d')
    if (context) drawPerson(context, 0)
  }, 100)
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = stream
  await video.play()
  return {
    stream,
    video,
    label: 'drawn',
    deviceId: 'front',
    eachFrame: () => () => undefined,
    onLost: () => undefined,
    stop: () => clearInterval(timer),
  }
}

// The page knows the replies' types; the stage passes on whatever the test gives, as JSON from a server would be.
function scripted<R>(): StartWalk<R> {
  return (options) => {
    const done = new Promise<R | null>((resolve) => {
      current = { options, finish: (reply) => resolve(reply as R) }
    })
    calls.push('start')
    stage.cameraId = options.cameraId
    return {
      done,
      cancel: () => calls.push('cancel'),
      keep: () => calls.push('keep'),
      retake: (index) => calls.push(`retake ${index}`),
    }
  }
}

const stage: Stage = {
  calls,
  cameraId: undefined,
  where: async () => (await current?.options.placeNow?.()) ?? null,
  show: (state) => current?.options.onState(state),
  async showShots(to, prompts, next) {
    const draw = async (prompt: ShotPrompt) => ({
      prompt,
      picture: await createImageBitmap(drawnPicture(TURN[prompt], 240, 320)),
      quality: 92,
    })
    const shots = await Promise.all(prompts.map(draw))
    if (to === 'choosing') stage.show({ stage: to, shots })
    else stage.show({ stage: to, shots, prompt: next, hint: null, ring: 0.5 + shots.length / 6 })
  },
  async openCamera() {
    current?.options.onCamera(await drawnCamera())
  },
  end: (reply) => current?.finish(reply),
}
Object.assign(globalThis, { stage })

const remembered = createRemembered(() => localStorage)
const language = createLanguage(remembered)
const kept = createKept(() => localStorage)
const session = createSession(() => api, remembered, kept)
const api = createApi({ language: () => language.get().language, onSignedOut: session.end })
const router = createRouter(window)
const walks = {
  checkIn: async () => scripted<never>(),
  enrol: async () => scripted<never>(),
  async prepare(onProgress: (progress: { loaded: number; total: number }) => void) {
    onProgress({ loaded: 7_240_000, total: 22_900_000 })
    await new Promise(() => undefined)
  },
}
const root = document.querySelector('#app')
// Without its texts the page opens in Indonesian.
const chosen = language.choose(rememberedLanguage(remembered)).catch((error: unknown) => console.error(error))
chosen.then(() => {
  if (root) render(h(App, { parts: { api, session, router, language, remembered, kept, walks } }), root)
})
