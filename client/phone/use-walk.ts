import { useEffect, useRef, useState } from 'preact/hooks'
import type { User } from '../../shared/contract/auth.ts'
import type { Camera } from '../camera/camera-types.ts'
import type { Failure, WalkState } from '../check-in/walk-state.ts'
import type { Place } from '../core/api.ts'
import { useApp } from './app-context.ts'
import type { StartWalk, WalkRun } from './walks.ts'

export interface Walking<R> {
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

/** After these the remembered camera is forgotten: the next try takes whichever there is. */
const CAMERA_AT_FAULT: ReadonlySet<Failure> = new Set(['none', 'busy', 'lost'])

/**
 * Runs one walk at a time for a screen, and ends it when the screen goes. A cancelled walk is no longer heard.
 * @param placeNow where she is, if she agreed to send it; asked of the newest rendering when a walk sends its evidence
 */
export function useWalk<R>(
  load: () => Promise<StartWalk<R>>,
  user: User,
  placeNow: () => Place | undefined | Promise<Place | undefined> = () => undefined,
): Walking<R> {
  const { api, remembered } = useApp()
  const [state, setState] = useState<WalkState | null>(null)
  const [camera, setCamera] = useState<Camera | null>(null)
  const [reply, setReply] = useState<R | null>(null)
  const run = useRef<WalkRun<R> | null>(null)
  const turn = useRef(0)
  const codeMissing = useRef(false)
  const place = useRef(placeNow)
  place.current = placeNow

  function cancel(): void {
    turn.current += 1
    run.current?.cancel()
    run.current = null
    setCamera(null)
    setState(null)
  }

  async function begin(mine: number, cameraId: string | undefined): Promise<void> {
    const current = () => turn.current === mine
    const startWalk = await load().catch((error: unknown) => {
      console.error(error)
      return null
    })
    if (!current()) return
    if (!startWalk) {
      // No network, or a newer version of the page is in place. Browsers remember a failed import: only a reload helps.
      codeMissing.current = true
      return setState({ stage: 'failed', failure: 'no_network' })
    }
    const walk = startWalk({
      api,
      user,
      placeNow: () => place.current(),
      onState(next) {
        if (!current()) return
        if (next.stage === 'failed' && CAMERA_AT_FAULT.has(next.failure)) remembered.write('camera', null)
        setState(next)
      },
      onCamera(opened) {
        if (!current()) return
        remembered.write('camera', opened.deviceId || null)
        setCamera(opened)
      },
      ...(cameraId ? { cameraId } : {}),
    })
    run.current = walk
    const got = await walk.done
    if (!current()) return
    run.current = null
    if (got) setReply(got)
  }

  function start(cameraId = remembered.read('camera') ?? undefined): void {
    if (codeMissing.current) {
      location.reload()
      return
    }
    cancel()
    const mine = turn.current
    setReply(null)
    setState(BEGINNING)
    begin(mine, cameraId).catch((error: unknown) => {
      console.error(error)
      if (turn.current === mine) setState({ stage: 'failed', failure: 'internal' })
    })
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
    start,
    cancel,
    keep: () => run.current?.keep?.(),
    retake: (index) => run.current?.retake?.(index),
  }
}
