import { useEffect, useRef, useState } from 'preact/hooks'
import type { Camera } from '../../../camera/camera-types.ts'
import type { WalkState } from '../../../check-in/walk-state.ts'
import { createRemembered } from '../../../core/remembered.ts'

/** A walk under way. `done` is null when it failed or was cancelled. */
interface Run<R> {
  cancel(): void
  readonly done: Promise<R | null>
  keep?(): void
  retake?(index: number): void
}

/** What a walk tells the screen, and which camera it is to take. */
export interface Watching {
  onState(state: WalkState): void
  onCamera(camera: Camera): void
  readonly cameraId?: string
}

export interface CameraWalk<R> {
  /** null: not started. */
  readonly state: WalkState | null
  readonly camera: Camera | null
  readonly reply: R | null
  start(cameraId?: string): void
  cancel(): void
  keep(): void
  retake(index: number): void
}

const BEGINNING: WalkState = { stage: 'loading', progress: { loaded: 0, total: 0 } }
const remembered = createRemembered(() => localStorage)

/** Runs one walk at a time before this computer's camera, and ends it when the screen goes. `begin` fetches its code first. */
export function useCameraWalk<R>(begin: (watching: Watching) => Promise<Run<R>>): CameraWalk<R> {
  const [state, setState] = useState<WalkState | null>(null)
  const [camera, setCamera] = useState<Camera | null>(null)
  const [reply, setReply] = useState<R | null>(null)
  const run = useRef<Run<R> | null>(null)
  const turn = useRef(0)

  function cancel(): void {
    turn.current += 1
    run.current?.cancel()
    run.current = null
    setCamera(null)
    setState(null)
  }

  async function go(mine: number, cameraId: string | undefined): Promise<void> {
    const current = () => turn.current === mine
    const walk = await begin({
      onState: (next) => current() && setState(next),
      onCamera(opened) {
        if (!current()) return
        remembered.write('camera', opened.deviceId || null)
        setCamera(opened)
      },
      ...(cameraId ? { cameraId } : {}),
    })
    if (!current()) return walk.cancel()
    run.current = walk
    const got = await walk.done
    if (current() && got) setReply(got)
  }

  useEffect(
    () => () => {
      turn.current += 1
      run.current?.cancel()
    },
    [],
  )
  return {
    state,
    camera,
    reply,
    start(cameraId = remembered.read('camera') ?? undefined) {
      cancel()
      const mine = turn.current
      setReply(null)
      setState(BEGINNING)
      go(mine, cameraId).catch((error: unknown) => {
        // The walk's code could not be fetched.
        console.error(error)
        if (turn.current === mine) setState({ stage: 'failed', failure: 'no_network' })
      })
    },
    cancel,
    keep: () => run.current?.keep?.(),
    retake: (index) => run.current?.retake?.(index),
  }
}
