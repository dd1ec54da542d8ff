/** Beginnings of picture files: JPEG (JFIF as browsers write it, bare tables, Exif), PNG, WebP. */
const PICTURES: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['JPEG', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ['JPEG', Buffer.from('ffd8ffdb0043', 'hex')],
  ['JPEG', Buffer.from('ffd8ffe1', 'hex')],
  ['PNG', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['WebP', Buffer.from('WEBPVP8')],
]

/** Shorter than this, a text of base64 turns up by chance. */
const TELLING = 6

/**
 * The ways bytes may stand in a text as base64: at each of the three alignments, in both alphabets; only the characters
 * that no neighbour has a part in.
 */
function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    const own = text.slice(Math.ceil((8 * shift) / 6), Math.floor((8 * (shift + bytes.length)) / 6))
    return own.length < TELLING ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

const holds = (traffic: Buffer, bytes: Uint8Array): boolean =>
  traffic.includes(Buffer.from(bytes)) || base64Forms(bytes).some((form) => traffic.includes(form))

/** Names of the picture formats that begin anywhere in the bytes, plain or as base64, and data URLs. */
export function findPictures(traffic: Buffer): string[] {
  const found = PICTURES.filter(([, bytes]) => holds(traffic, bytes)).map(([name]) => name)
  return traffic.includes('data:image') ? [...found, 'data:image'] : found
}

/** How many of the vectors stand in the bytes: as floats, as base64 of them, or as numbers in words. */
export function countVectors(traffic: Buffer, vectors: readonly (readonly number[])[]): number {
  return vectors.filter((vector) => {
    // Any run of eight numbers is enough to give a vector away; eight from the middle stand for it.
    const part = vector.slice(60, 68)
    const floats = Buffer.from(Float32Array.from(part).buffer)
    const doubles = Buffer.from(Float64Array.from(part).buffer)
    return holds(traffic, floats) || holds(traffic, doubles) || holdsInWords(traffic, part.slice(0, 3))
  }).length
}

/** One number, and the comma or line before the next, has at most so many characters. */
const APART = 40

/** Whether numbers stand in a text to four places, one after the other; each by itself is in some program's constants. */
function holdsInWords(traffic: Buffer, numbers: readonly number[]): boolean {
  const [first = '', ...others] = numbers.map((value) => JSON.stringify(value).slice(0, value < 0 ? 7 : 6))
  for (let at = traffic.indexOf(first); at >= 0; at = traffic.indexOf(first, at + 1)) {
    let place = at
    const follows = (word: string) => {
      const next = traffic.subarray(place + 1, place + 1 + APART).indexOf(word)
      place += 1 + next
      return next >= 0
    }
    if (others.every(follows)) return true
  }
  return false
}

/** A header in base64url, of a length a capture's has. */
const HEADER = /eyJ[\w-]{40,400}/g

/** How many captures begin in the bytes that are signed and not sealed: whoever has them reads them without a key. */
export function countUnsealed(bytes: Buffer): number {
  const headers = bytes.toString('latin1').match(HEADER) ?? []
  return headers.filter((one) => Buffer.from(one, 'base64url').includes('"capture+jws"')).length
}
