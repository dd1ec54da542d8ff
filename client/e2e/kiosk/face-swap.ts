// Runs in the page before anything else: whoever acts before the camera, the network is made to have seen `standing`, as
// if she did. Everything else of the walk (landmarks, liveness evidence, sealing) stays the camera's own.
const state = globalThis as unknown as {
  standing: number[] | null
  swapped: number
  tensors: number
  put: number[][]
  workers: Worker[]
  streams: MediaStream[]
}
state.standing = null
state.swapped = 0
state.tensors = 0
state.put = []
state.workers = []
state.streams = []

/** No two pictures of one person are the same: her direction, a little aside (as server/test/test-capture.ts does). */
function putFace(vector: Float32Array, person: readonly number[]): void {
  state.swapped += 1
  const aside = person.map((value, i) => value + 0.015 * Math.sin((performance.now() + i * i * 0.37) * 7919))
  const length = Math.hypot(...aside)
  vector.set(aside.map((value) => value / length))
  // Kept for those who look where it went; a soak keeps none.
  if (state.put.length < 500) state.put.push([...vector])
}

const OwnWorker = Worker
globalThis.Worker = class extends OwnWorker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options)
    state.workers.push(this)
    this.addEventListener('message', ({ data }) => {
      const vector: unknown = data?.result?.vector
      if (vector instanceof Float32Array) state.tensors = data.result.tensors
      if (state.standing !== null && vector instanceof Float32Array) putFace(vector, state.standing)
    })
  }
}

const { mediaDevices } = navigator
const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices)
mediaDevices.getUserMedia = async (wanted) => {
  const stream = await getUserMedia(wanted)
  state.streams.push(stream)
  return stream
}
