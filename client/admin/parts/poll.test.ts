import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiProblem } from '../../core/api-problem.ts'
import { poll } from './poll.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const seconds = (n: number) => vi.advanceTimersByTimeAsync(n * 1000)

it('looks until it is done', async () => {
  const look = vi.fn(async () => look.mock.calls.length === 3)
  poll({ look, every: 1000, onProblem: () => undefined })
  expect(look).not.toHaveBeenCalled()
  await seconds(60)
  expect(look).toHaveBeenCalledTimes(3)
})

it('waits longer after each failure, as long as the server asks, and says what failed', async () => {
  const told: string[] = []
  const failures = [new ApiProblem('no_network'), new ApiProblem('no_network'), new ApiProblem('slow_down', '', 60)]
  const look = vi.fn(async () => {
    const failure = failures.shift()
    if (failure) throw failure
    return false
  })
  poll({ look, every: 1000, onProblem: (problem) => told.push(problem?.code ?? 'none') })
  await seconds(1)
  expect(told).toEqual(['no_network'])
  await seconds(1.9)
  expect(look).toHaveBeenCalledTimes(1)
  await seconds(0.1)
  expect(look).toHaveBeenCalledTimes(2)
  await seconds(4)
  expect(told.at(-1)).toBe('slow_down')
  await seconds(59)
  expect(look).toHaveBeenCalledTimes(3)
  await seconds(1)
  expect(told.at(-1)).toBe('none')
  await seconds(1)
  expect(look).toHaveBeenCalledTimes(5)
})

it.each(['unauthenticated', 'forbidden'] as const)('ends with %s', async (code) => {
  const told: unknown[] = []
  const look = vi.fn(async (): Promise<boolean> => {
    throw new ApiProblem(code)
  })
  poll({ look, every: 1000, onProblem: (problem) => told.push(problem?.code) })
  await seconds(600)
  expect(look).toHaveBeenCalledTimes(1)
  expect(told).toEqual([code])
})

it('says nothing more once it is stopped', async () => {
  let fail: (error: unknown) => void = () => undefined
  const look = vi.fn(
    () =>
      new Promise<boolean>((_, reject) => {
        fail = reject
      }),
  )
  const onProblem = vi.fn()
  const stop = poll({ look, every: 1000, onProblem })
  await seconds(1)
  stop()
  fail(new ApiProblem('no_network'))
  await seconds(600)
  expect(look).toHaveBeenCalledTimes(1)
  expect(onProblem).not.toHaveBeenCalled()
})
