import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { unit } from '../shared/face/vector.ts'
import { takeMean } from './calibrate-figures.ts'

const rowSchema = z.object({ person: z.string(), colour: z.boolean(), embedding: z.array(z.number()).min(2) })

/** One person's photographs; colour when all of them are. */
export interface Person {
  readonly name: string
  readonly colour: boolean
  readonly raw: readonly (readonly number[])[]
  readonly mean: Float32Array
}

export type Photographs = readonly (readonly number[])[]

/** The persons of a file of embeddings: see scripts/calibrate.ts for its form. */
export function readPeople(file: string): Person[] {
  const rows = z.array(rowSchema).parse(JSON.parse(readFileSync(file, 'utf8')))
  return [...new Set(rows.map((row) => row.person))].map((name) => {
    const own = rows.filter((row) => row.person === name)
    const raw = own.map((row) => row.embedding)
    const mean = Float32Array.from(takeMean(raw.map(unit)))
    return { name, colour: own.every((row) => row.colour), raw, mean }
  })
}

/** The mean of the persons' means, each person counting once, those named left out. */
export function meanOfOthers(people: readonly Person[], left: readonly Person[]): Float32Array {
  const others = people.filter((one) => !left.includes(one))
  return Float32Array.from(takeMean(others.map((one) => one.mean)))
}

/** mulberry32 (public domain): the same draws on every run. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
