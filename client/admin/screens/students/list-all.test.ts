import { expect, it } from 'vitest'
import type { AdminApi } from '../../api.ts'
import { listAll } from './list-all.ts'

/** A server with so many students; `asked` notes every question. */
const serverOf = (count: number) => {
  const asked: unknown[] = []
  const call = async (_: unknown, { query }: { query: { offset: number; limit: number } }) => {
    asked.push(query)
    const { offset, limit } = query
    const length = Math.max(0, Math.min(limit, count - offset))
    return { total: count, limit, offset, data: Array.from({ length }, (_, place) => ({ id: String(offset + place) })) }
  }
  return { api: { call } as unknown as AdminApi, asked }
}

it.each([
  [0, 1],
  [3, 1],
  [500, 1],
  [1201, 3],
])('reads all of %i students in %i questions, in their order', async (count, questions) => {
  const { api, asked } = serverOf(count)
  const all = await listAll(api, { kelas: 'X-1' })
  expect(all.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, place) => String(place)))
  expect(asked).toHaveLength(questions)
  expect(asked[0]).toEqual({ kelas: 'X-1', limit: 500, offset: 0 })
})
