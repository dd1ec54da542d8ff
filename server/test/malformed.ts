import type { Endpoint } from '../../shared/contract/endpoint.ts'
import { exampleOf } from './example.ts'

/** A request's body that no row of the contract may take. */
export interface Malformed {
  readonly body: string | Uint8Array<ArrayBuffer>
  readonly contentType: string
}

/** Stands in every wrong value that is a text: no reply and no log line may repeat it. */
export const MARKER = 'zz-rahasia-zz'

/** Mulberry32: the same numbers in [0, 1) for the same seed, so that a failure can be seen again. */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const JSON_TYPE = 'application/json'
const json = (body: string): Malformed => ({ body, contentType: JSON_TYPE })

/** What no member of any body is meant to be: types, sizes, characters. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e308,
  '',
  MARKER,
  `${MARKER}\u0000\u0007`,
  `\u202e${MARKER}\ud83d\ude00`,
  `'; DROP TABLE users; -- ${MARKER}`,
  `=cmd|' /C calc'!A0 ${MARKER}`,
  MARKER.repeat(5000),
  [],
  [MARKER],
  [[[[[MARKER]]]]],
  {},
  { $ne: MARKER },
  { toString: MARKER, constructor: MARKER },
]

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

/** Whole bodies that are wrong before any member is looked at. */
function brokenTexts(whole: string): Malformed[] {
  const bytes = new TextEncoder().encode(whole)
  const cut = bytes.slice(0, Math.max(1, bytes.length - 1))
  return [
    ...['', ' ', 'null', '12', 'true', '[]', `"${MARKER}"`, '{', '{"a":}', 'NaN', "{'a':1}", '{"a":1,}'].map(json),
    ...[whole.slice(0, -1), whole.slice(0, whole.length >> 1), `${whole}${whole}`, `${whole}x`, `\u0000${whole}`].map(
      json,
    ),
    ...[1000, 50_000].flatMap((depth) => [json(nested(depth)), json(`{"a":${nested(depth)}}`)]),
    { body: new Uint8Array([0xff, 0xfe, ...cut]), contentType: JSON_TYPE },
    { body: new Uint8Array([...cut, 0xc3, 0x28]), contentType: JSON_TYPE },
    ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp'].map(
      (contentType) => ({ body: whole, contentType }),
    ),
  ]
}

/** The example with some members lost, replaced by something strange, or held by another kind of thing. */
function spoil(example: Record<string, unknown>, random: () => number): string {
  const spoilt: Record<string, unknown> = { ...example }
  const names = Object.keys(example)
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  for (let times = 1 + Math.floor(random() * 3); times > 0; times -= 1) {
    const name = pick(names) ?? 'a'
    if (random() < 0.25) delete spoilt[name]
    else spoilt[name] = pick(STRANGE)
  }
  return random() < 0.1 ? JSON.stringify([spoilt]) : JSON.stringify(spoilt)
}

/** Whether the row's own schema refuses a text sent as JSON. */
function isRefused({ body: schema }: Endpoint, text: string): boolean {
  try {
    return schema?.safeParse(JSON.parse(text)).success === false
  } catch {
    return true
  }
}

/**
 * `count` bodies that a row of the contract does not take: types, sizes, characters, nesting, encodings, cut off. The same
 * for the same row.
 */
export function malformedFor(row: Endpoint, count: number): Malformed[] {
  if (row.body === undefined) return []
  const example = exampleOf(row.body) as Record<string, unknown>
  const random = numbersFrom(row.path.length * 7919 + row.method.length)
  const found = brokenTexts(JSON.stringify(example)).filter(
    ({ body, contentType }) => contentType !== JSON_TYPE || typeof body !== 'string' || isRefused(row, body),
  )
  const seen = new Set<string>()
  for (let tries = 0; found.length < count && tries < 20_000; tries += 1) {
    const text = spoil(example, random)
    if (!isRefused(row, text) || (seen.has(text) && tries < 2000)) continue
    seen.add(text)
    found.push(json(text))
  }
  return found.slice(0, count)
}
