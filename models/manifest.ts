import { readFileSync } from 'node:fs'
import { z } from 'zod'

const sized = z.object({
  name: z.string(),
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

/** `files`: what models/build must hold. `sources`: what they are made of, as paths under node_modules. */
const manifestSchema = z.object({ files: z.array(sized), sources: z.array(sized), parts: z.array(sized) })

export type Manifest = z.infer<typeof manifestSchema>
export type Sized = z.infer<typeof sized>

/** models/manifest.json: sizes and SHA-256 of every file built, of the packages' files, and of parts cut out of one. */
export function readManifest(): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(new URL('./manifest.json', import.meta.url), 'utf8')))
}
