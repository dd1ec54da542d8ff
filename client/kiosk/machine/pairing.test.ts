import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ProblemCode } from '../../../shared/contract/problem.ts'
import { ApiProblem } from '../../core/api-problem.ts'
import { createStore } from '../../core/store.ts'
import type { View } from '../kiosk.ts'
import { createPairing, keepPairing, readPairing } from './pairing.ts'

const KEY = 'k'.repeat(43)
const refused = (code: ProblemCode) =>
  new ApiProblem(code, '', undefined, { type: 'about:blank', title: code, status: 400, detail: code, code })
const away = new ApiProblem('no_network')

beforeEach(() => {
  vi.useFakeTimers()
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A kiosk before a server that refuses `me` and `pair` as `says` has it; null: it knows the kiosk, or takes the code. */
function setUp(says: { me: ApiProblem | null; pair?: ApiProblem }) {
  const view = createStore<View>({ kind: 'starting' })
  const paired = vi.fn()
  const answer = async (problem: ApiProblem | null | undefined) => {
    if (problem) throw problem
    return {} as never
  }
  const server = { me: () => answer(says.me), pair: () => answer(says.pair) }
  return { view, paired, pairing: createPairing({ server, keyId: KEY, view, onPaired: paired }) }
}

it('gives up after eleven minutes of "not yet", and not for want of a network', async () => {
  const says: { me: ApiProblem | null } = { me: away }
  const { view, pairing, paired } = setUp(says)
  keepPairing('waiting', KEY)
  pairing.wait()
  await vi.advanceTimersByTimeAsync(60 * 60_000)
  expect(view.get().kind).toBe('fingerprint')
  says.me = refused('unauthenticated')
  await vi.advanceTimersByTimeAsync(11 * 60_000)
  expect(view.get()).toMatchObject({ kind: 'code', problem: 'wrong_code' })
  expect(readPairing(KEY)).toBe('none')
  pairing.wait()
  says.me = null
  await vi.advanceTimersByTimeAsync(2_000)
  expect(paired).toHaveBeenCalledOnce()
  expect(readPairing(KEY)).toBe('paired')
})

it('goes on with a key that is paired, whatever code was typed, and says so when it is taken otherwise', async () => {
  const known = setUp({ me: null, pair: refused('wrong_device') })
  await known.pairing.pair('ABCDE-FGH10')
  expect(known.paired).toHaveBeenCalledOnce()
  const taken = setUp({ me: refused('unauthenticated'), pair: refused('wrong_device') })
  await taken.pairing.pair('ABCDE-FGH10')
  expect(taken.view.get()).toMatchObject({ kind: 'code', problem: 'wrong_device' })
})

it('asks each minute whether it is known again once it was shut out', async () => {
  const says: { me: ApiProblem | null } = { me: refused('unauthenticated') }
  const { view, pairing, paired } = setUp(says)
  pairing.shutOut()
  expect(view.get()).toEqual({ kind: 'revoked', refused: false })
  expect(readPairing(KEY)).toBe('revoked')
  await vi.advanceTimersByTimeAsync(10 * 60_000)
  says.me = away
  await vi.advanceTimersByTimeAsync(60_000)
  expect(paired).not.toHaveBeenCalled()
  says.me = null
  await vi.advanceTimersByTimeAsync(60_000)
  expect(paired).toHaveBeenCalledOnce()
  expect(readPairing(KEY)).toBe('paired')
})
