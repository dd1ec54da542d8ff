import { nets, tf } from '@vladmandic/face-api'

const SIZE = 150

/** The numbers of the chip's mirror image. */
function mirror(chip: readonly number[]): number[] {
  return chip.map((_, at) => {
    const pixel = Math.floor(at / 3)
    const column = pixel % SIZE
    return chip[3 * (pixel - column + SIZE - 1 - column) + (at % 3)] ?? 0
  })
}

/** The same network by the package the weights come from, run by its own code on its own tfjs. */
export const peerLab = {
  open: () => nets.faceRecognitionNet.loadFromUri('/weights'),

  /** The numbers of the chip and of its mirror, added, as face-api computes them. */
  async embedChip(chip: number[]) {
    const sum = new Float64Array(128)
    for (const numbers of [chip, mirror(chip)]) {
      const found = await nets.faceRecognitionNet.computeFaceDescriptor(tf.tensor3d(numbers, [SIZE, SIZE, 3]))
      if (!(found instanceof Float32Array)) throw new Error('one face expected')
      found.forEach((value, i) => {
        sum[i] = (sum[i] ?? 0) + value
      })
    }
    return [...sum]
  },
}

declare global {
  interface Window {
    peerLab?: typeof peerLab
  }
}
window.peerLab = peerLab
