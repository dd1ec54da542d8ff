import * as tf from '@tensorflow/tfjs-core'
import { CHIP_SIZE } from './align.ts'

/** One convolution with dlib's scale layer folded in: filter x scale, bias x scale + shift. */
interface Conv {
  readonly filter: tf.Tensor4D
  readonly bias: tf.Tensor1D
}

interface Block {
  readonly down: boolean
  readonly first: Conv
  readonly second: Conv
}

/** The weights of the network as tensors; `dispose` frees them. */
export interface Network {
  readonly entry: Conv
  readonly blocks: readonly Block[]
  readonly head: tf.Tensor2D
  readonly dispose: () => void
}

/** The residual blocks in order; those that end in `down` (or `down_out`) halve width and height. */
const BLOCKS = [
  ...['conv32_1', 'conv32_2', 'conv32_3'],
  ...['conv64_down', 'conv64_1', 'conv64_2', 'conv64_3'],
  ...['conv128_down', 'conv128_1', 'conv128_2'],
  ...['conv256_down', 'conv256_1', 'conv256_2', 'conv256_down_out'],
] as const

/** The mean red, green and blue that dlib's training subtracted. */
const MEAN = [122.782, 117.001, 104.298] as const

/**
 * Builds dlib's face_recognition_resnet_model_v1 from the decoded weights, on the backend in force.
 * @param specs the weights' names, shapes and quantisation, in the order of the bytes
 * @throws Error when a weight is missing
 */
export function buildNetwork(bytes: Uint8Array, specs: tf.io.WeightsManifestEntry[]): Network {
  const weights = tf.io.decodeWeights(Uint8Array.from(bytes).buffer, specs)
  const kept: tf.Tensor[] = []
  const take = <R extends tf.Rank>(name: string): tf.Tensor<R> => {
    const weight = weights[name]
    if (!weight) throw new Error(`weight ${name} is missing`)
    return weight as tf.Tensor<R>
  }
  const conv = (name: string): Conv => {
    const folded = tf.tidy(() => {
      const scale = take<tf.Rank.R1>(`${name}/scale/weights`)
      const filter = tf.mul(take<tf.Rank.R4>(`${name}/conv/filters`), scale)
      const bias = tf.add(tf.mul(take<tf.Rank.R1>(`${name}/conv/bias`), scale), take(`${name}/scale/biases`))
      return { filter: filter as tf.Tensor4D, bias: bias as tf.Tensor1D }
    })
    kept.push(folded.filter, folded.bias)
    return folded
  }
  const entry = conv('conv32_down')
  const blocks = BLOCKS.map((name) => ({
    down: name.includes('_down'),
    first: conv(`${name}/conv1`),
    second: conv(`${name}/conv2`),
  }))
  const head = take<tf.Rank.R2>('fc')
  kept.push(head)
  tf.dispose(Object.values(weights).filter((weight) => weight !== head))
  return { entry, blocks, head, dispose: () => tf.dispose(kept) }
}

function convolve(x: tf.Tensor4D, { filter, bias }: Conv, strides: 1 | 2, activation: 'relu' | 'linear'): tf.Tensor4D {
  return tf.fused.conv2d({ x, filter, strides, pad: strides === 2 ? 'valid' : 'same', bias, activation })
}

/**
 * One residual block. A down block's shortcut is a 2x2 average pool with zeros for the new channels; where the
 * convolutions come out a row and column shorter, they get zeros at the right and lower edge.
 */
function residual(x: tf.Tensor4D, { down, first, second }: Block): tf.Tensor4D {
  const out = convolve(convolve(x, first, down ? 2 : 1, 'relu'), second, 1, 'linear')
  if (!down) return tf.relu(tf.add(out, x))
  const shortcut = tf.avgPool(x, 2, 2, 'valid')
  const [, rows, columns, channels] = out.shape
  const [, wantedRows, wantedColumns, given] = shortcut.shape
  const keep: [number, number] = [0, 0]
  return tf.relu(
    tf.add(
      tf.pad(shortcut, [keep, keep, keep, [0, channels - given]]),
      tf.pad(out, [keep, [0, wantedRows - rows], [0, wantedColumns - columns], keep]),
    ),
  )
}

/**
 * The numbers of a face and of its mirror image, added: 128 values, not normalised.
 * @param chip 150 x 150 x (red, green, blue), 0..255
 */
export function runNetwork({ entry, blocks, head }: Network, chip: Float32Array): tf.Tensor1D {
  return tf.tidy(() => {
    const x = tf.tensor4d(withMirror(chip), [2, CHIP_SIZE, CHIP_SIZE, 3])
    const pooled = tf.maxPool(convolve(x, entry, 2, 'relu'), 3, 2, 'valid')
    const out = blocks.reduce(residual, pooled)
    return tf.sum(tf.matMul(tf.mean(out, [1, 2]) as tf.Tensor2D, head), 0) as tf.Tensor1D
  })
}

/** The chip and its mirror, one behind the other, as the network wants its numbers. */
function withMirror(chip: Float32Array): Float32Array {
  const both = new Float32Array(2 * chip.length)
  for (let v = 0; v < CHIP_SIZE; v += 1) {
    for (let u = 0; u < CHIP_SIZE; u += 1) {
      const at = 3 * (v * CHIP_SIZE + u)
      const mirrored = chip.length + 3 * (v * CHIP_SIZE + CHIP_SIZE - 1 - u)
      for (let c = 0; c < 3; c += 1) {
        const value = ((chip[at + c] ?? 0) - (MEAN[c] ?? 0)) / 255
        both[at + c] = value
        both[mirrored + c] = value
      }
    }
  }
  return both
}
