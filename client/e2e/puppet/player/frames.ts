import type { AtlasFrame } from '../atlas.ts'
import type { Held } from './actor.ts'
import type { Axis } from './acts.ts'

interface Picture {
  readonly value: number
  readonly image: ImageBitmap
}

/** The puppet's pictures, decoded, by axis. */
export type Album = Readonly<Record<Axis, readonly Picture[]>>

const AXES: readonly Axis[] = ['yaw', 'pitch', 'blink', 'smile']

const decode = async (jpeg: string): Promise<ImageBitmap> => {
  const bytes = Uint8Array.from(atob(jpeg), (char) => char.charCodeAt(0))
  return createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }))
}

/** Decodes the atlas, a few pictures at a time, off the main thread (createImageBitmap). */
export async function openAlbum(frames: readonly AtlasFrame[]): Promise<Album> {
  const album: Record<Axis, Picture[]> = { yaw: [], pitch: [], blink: [], smile: [] }
  for (const frame of frames) {
    const image = await decode(frame.jpeg)
    const moved = AXES.filter((axis) => frame[axis] !== 0)
    // The picture at rest is the zero of every axis.
    for (const axis of moved.length > 0 ? moved : AXES) album[axis].push({ value: frame[axis], image })
  }
  return album
}

/** The picture nearest to where the puppet is. */
export function pictureOf(album: Album, { axis, value }: Held): ImageBitmap | null {
  let best: Picture | null = null
  for (const picture of album[axis])
    if (!best || Math.abs(picture.value - value) < Math.abs(best.value - value)) best = picture
  return best?.image ?? null
}
