import { useEffect, useRef, useState } from 'preact/hooks'
import type { Place } from '../core/api.ts'

/** Milliseconds the device may take to find itself, and the age at which an older reading still says where she is now. */
const PATIENCE = 15_000
const FRESH = 60_000

export interface OwnPlace {
  readonly state: 'idle' | 'asking' | 'got' | 'failed'
  readonly place: Place | null
  /** Asks the browser, which asks its owner the first time. */
  ask(): void
  /** Sends nothing after all. */
  drop(): void
  /** Reads the place anew, if it was read: she may have gone elsewhere. */
  renew(): void
  /** The same, where the reading has grown old. */
  renewOld(): void
  /** The newest reading, once one that is under way is there, or has taken too long. */
  now(): Promise<Place | null>
}

/**
 * Where this device is, once its owner presses for it; at once only where she allowed it before. The reading stays in this
 * page until a check-in takes it along.
 * @param wanted whether a session asks for it at all: without that nothing is ever read
 */
export function usePlace(wanted: boolean): OwnPlace {
  const [state, setState] = useState<OwnPlace['state']>('idle')
  const [place, setPlace] = useState<Place | null>(null)
  const turn = useRef(0)
  /** When the place was read, ms since 1970: a phone that sleeps counts too. */
  const readAt = useRef(0)

  /** As rendered, for whoever waits. */
  const newest = useRef<Place | null>(null)
  /** The reading under way. */
  const reading = useRef<Promise<void>>(Promise.resolve())

  function drop(): void {
    turn.current += 1
    newest.current = null
    setPlace(null)
    setState('idle')
  }

  /** @param maximumAge ms: an older reading is none */
  function read(maximumAge: number): void {
    turn.current += 1
    const mine = turn.current
    if (!('geolocation' in navigator)) {
      setState('failed')
      return
    }
    setState('asking')
    reading.current = new Promise((resolve) => {
      // A browser that asks its owner first counts no time.
      setTimeout(resolve, PATIENCE)
      navigator.geolocation.getCurrentPosition(
        ({ coords: { latitude, longitude, accuracy } }) => {
          resolve()
          if (turn.current !== mine) return
          readAt.current = Date.now()
          newest.current = { latitude, longitude, accuracy }
          setPlace(newest.current)
          setState('got')
        },
        () => {
          resolve()
          if (turn.current === mine) setState('failed')
        },
        { enableHighAccuracy: true, timeout: PATIENCE, maximumAge },
      )
    })
  }

  const ask = () => read(FRESH)

  function renew(): void {
    if (state !== 'got') return
    newest.current = null
    setPlace(null)
    read(0)
  }

  function renewOld(): void {
    if (Math.abs(Date.now() - readAt.current) > FRESH) renew()
  }

  const renewNow = useRef(renewOld)
  renewNow.current = renewOld
  useEffect(() => {
    const again = () => document.visibilityState === 'visible' && renewNow.current()
    document.addEventListener('visibilitychange', again)
    return () => document.removeEventListener('visibilitychange', again)
  }, [])

  useEffect(() => {
    if (!wanted) return
    let current = true
    // Browsers that cannot tell are asked by the button.
    navigator.permissions?.query({ name: 'geolocation' }).then(
      (permission) => current && permission.state === 'granted' && ask(),
      () => undefined,
    )
    return () => {
      current = false
      turn.current += 1
    }
  }, [wanted])

  const now = () => reading.current.then(() => newest.current)
  return { state, place, ask, drop, renew, renewOld, now }
}
