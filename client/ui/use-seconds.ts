import { useEffect, useState } from 'preact/hooks'
import { createSteadyClock } from '../core/steady-clock.ts'

/** What the server counts goes on while this device sleeps. */
const steady = createSteadyClock(
  () => performance.now(),
  () => Date.now(),
)

/** Milliseconds on a clock that cannot be set back, renewed every second while `running`. */
export function useSeconds(running: boolean): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    if (!running) return
    const tick = () => setNow(performance.now())
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [running])
  return now
}

/** Whole seconds still to wait of `seconds`, counted from the first render (or from a change of `seconds`). */
export function useCountdown(seconds: number): number {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const end = steady() + seconds * 1000
    const tick = () => {
      const rest = Math.max(0, Math.ceil((end - steady()) / 1000))
      setLeft(rest)
      if (rest === 0) clearInterval(timer)
    }
    const timer = setInterval(tick, 500)
    tick()
    // Looked at again after a sleep it is right at once.
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [seconds])
  return left
}
