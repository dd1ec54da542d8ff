import { z } from 'zod'

const spec = z.object({
  name: z.string(),
  shape: z.array(z.number().int().positive()),
  dtype: z.literal('float32'),
  /** Left out where the numbers are stored as they are (a few biases). */
  quantization: z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }).optional(),
})
const weightsManifest = z.tuple([z.object({ paths: z.tuple([z.string()]), weights: z.array(spec) })])

/**
 * The weight specs alone, in the order of the bytes, of a TensorFlow.js weights manifest with one group in one file:
 * what `io.decodeWeights` takes beside the bytes.
 * @throws ZodError when the manifest has another shape, or Error when it does not fit the number of bytes
 */
export function embeddingSpecs(manifest: string, bytes: number): string {
  const [{ weights }] = weightsManifest.parse(JSON.parse(manifest))
  const needed = weights.reduce(
    (sum, { shape, quantization }) => sum + shape.reduce((a, b) => a * b, quantization ? 1 : 4),
    0,
  )
  if (needed !== bytes) throw new Error(`embedding weights: ${needed} bytes described, ${bytes} present`)
  return JSON.stringify(weights)
}
