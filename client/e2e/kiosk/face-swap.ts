// Runs in the page before anything else: whoever acts before the camera, the networks are made to have seen `standing`, as
// if she did; 'herself' changes nothing, and with null nobody stands there. Everything else of the walk (landmarks, liveness evidence, sealing) stays the
// camera's own.
interface State {
  standing: number[] | 'herself' | null
  /** Tensors alive in the embedding worker. */
  tensors: number
  /** The first embeddings that were made, for those who look where they went. */
  put: number[][]
  workers: Worker[]
  streams: MediaStream[]
}
const KEPT = 200

const state = Object.assign(globalThis as unknown as State, {
  standing: null,
  tensors: 0,
  put: [],
  workers: [],
  streams: [],
} satisfies State) as State

/** No two pictures of one person are the same: her direction, a little aside (as server/test/test-capture.ts does). */
function putFace(vector: Float32Array, person: readonly number[]): void {
  const aside = person.map((value, i) => value + 0.015 * Math.sin((performance.now() + i * i * 0.37) * 7919))
  const length = Math.hypot(...aside)
  vector.set(aside.map((value) => value / length))
}

interface Answer {
  readonly result?:
    | { readonly kind: 'embedded'; readonly vector: Float32Array; readonly tensors: number }
    | { readonly kind: 'seen'; readonly seen: { faces: number; landmarks: Float32Array | null } }
}

function change({ result }: Answer): void {
  if (result?.kind === 'embedded') {
    state.tensors = result.tensors
    if (Array.isArray(state.standing)) putFace(result.vector, state.standing)
    if (state.standing && state.put.length < KEPT) state.put.push([...result.vector])
  }
  if (result?.kind === 'seen' && !state.standing) Object.assign(result.seen, { faces: 0, landmarks: null })
}

const OwnWorker = Worker
globalThis.Worker = class extends OwnWorker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options)
    state.workers.push(this)
    this.addEventListener('message', ({ data }) => change(data ?? {}))
  }
}

const { mediaDevices } = navigator
const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices)
mediaDevices.getUserMedia = async (wanted) => {
  const stream = await getUserMedia(wanted)
  state.streams.push(stream)
  return stream
}
