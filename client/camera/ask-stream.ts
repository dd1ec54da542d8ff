import { CameraProblem } from './camera-types.ts'

/** A camera that is asked for is looked after this often, ms; allowed and not given at two looks in a row, it hangs. */
export const LOOK_AFTER_MS = 10_000

/**
 * Whether nothing but the camera itself is waited for: it is allowed, so no question stands before a person, and the page is
 * in view (Media Capture and Streams, 10.2: a page out of view waits until it is). Where the browser does not tell, it is not known
 * to hang.
 */
async function isTheCamerasTurn(): Promise<boolean> {
  if (document.hidden) return false
  // Not every browser knows the name of this permission.
  const allowed = await navigator.permissions?.query({ name: 'camera' }).catch(() => null)
  return allowed?.state === 'granted'
}

/**
 * `getUserMedia`, but for one that never answers: some drivers hang when their camera was pulled out and put back. Whoever is
 * asked for permission may take as long as she likes.
 * @throws CameraProblem `busy` after 20 s of an allowed camera; a stream that comes later is stopped. Else what `getUserMedia` throws.
 */
export async function askStream(
  ask: () => Promise<MediaStream>,
  isDue: () => Promise<boolean> = isTheCamerasTurn,
): Promise<MediaStream> {
  const asked = ask()
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false
  const hangs = new Promise<null>((resolve) => {
    const lookAfter = (wasDue: boolean) => {
      timer = setTimeout(async () => {
        const due = await isDue()
        if (over) return
        if (due && wasDue) resolve(null)
        else lookAfter(due)
      }, LOOK_AFTER_MS)
    }
    lookAfter(false)
  })
  try {
    const stream = await Promise.race([asked, hangs])
    if (stream) return stream
  } finally {
    over = true
    clearTimeout(timer)
  }
  asked.then(
    (late) => {
      for (const track of late.getTracks()) track.stop()
    },
    () => undefined,
  )
  throw new CameraProblem('busy')
}
