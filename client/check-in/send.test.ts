import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiProblem } from '../core/api-problem.ts'
import { deliver } from './send.ts'

const SEALED = { ticket: 't', capture: 'bytes', device_info: 'x' }
const { signal } = new AbortController()

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('sends the very same bytes until the server has answered, and stores nothing', async () => {
  const sent: unknown[] = []
  const answer = deliver(
    SEALED,
    async (body) => {
      sent.push(body)
      if (sent.length < 3) throw new ApiProblem('no_network')
      return 'receipt'
    },
    signal,
  )
  await vi.runAllTimersAsync()
  expect(await answer).toBe('receipt')
  expect(sent).toEqual([SEALED, SEALED, SEALED])
})

it('takes a refusal for an answer, and gives up in the end', async () => {
  const post = vi.fn(async () => {
    throw new ApiProblem('not_live')
  })
  await expect(deliver(SEALED, post, signal)).rejects.toMatchObject({ code: 'not_live' })
  expect(post).toHaveBeenCalledTimes(1)
  const lost = vi.fn(async () => {
    throw new ApiProblem('no_network')
  })
  const end = expect(deliver(SEALED, lost, signal)).rejects.toMatchObject({ code: 'no_network' })
  await vi.runAllTimersAsync()
  await end
  expect(lost).toHaveBeenCalledTimes(6)
})

it('lets nobody wait for minutes where each try takes its time to fail', async () => {
  const slow = vi.fn(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20_000))
    throw new ApiProblem('no_network')
  })
  const end = expect(deliver(SEALED, slow, signal)).rejects.toMatchObject({ code: 'no_network' })
  await vi.runAllTimersAsync()
  await end
  expect(slow).toHaveBeenCalledTimes(3)
})
