import { describe, expect, it } from 'vitest'
import type { TokensReply, User } from '../../shared/contract/auth.ts'
import { type Api, createApi } from './api.ts'
import { ApiProblem } from './api-problem.ts'
import { createKept } from './kept.ts'
import type { Remembered } from './remembered.ts'
import { createSession } from './session.ts'

const user: User = { id: 'u1', nim: '1', name: 'Rani', email: null, role: 'user', has_face: false, kelas: null }
const reply: TokensReply = { access_token: 't', token_type: 'bearer', expires_in: 3600, user }

const notes = (start: Record<string, string> = {}): Remembered & { readonly all: Map<string, string> } => {
  const all = new Map(Object.entries(start))
  return {
    all,
    read: (key) => all.get(key) ?? null,
    write: (key, value) => (value === null ? all.delete(key) : all.set(key, value)),
  }
}

/** An api in which only the named calls exist for the test; any other would reach no server. */
const api = (calls: Partial<Api>): Api => ({
  ...createApi({
    fetch: () => Promise.reject(new TypeError('no server in this test')),
    onSignedOut: () => undefined,
  }),
  ...calls,
})

describe('a session', () => {
  it('asks nobody when there was none before', async () => {
    const session = createSession(() => api({ refresh: () => Promise.reject(new Error('asked')) }), notes())
    await session.resume()
    expect(session.get()).toEqual({ is: 'out', ended: false })
  })

  it('is taken up again from the cookie', async () => {
    const session = createSession(() => api({ refresh: async () => reply }), notes({ signedIn: '1' }))
    await session.resume()
    expect(session.get()).toEqual({ is: 'in', user })
  })

  it('says that it ended when the cookie is no longer good', async () => {
    const memory = notes({ signedIn: '1' })
    const refused = api({ refresh: () => Promise.reject(new ApiProblem('unauthenticated')) })
    const session = createSession(() => refused, memory)
    await session.resume()
    expect(session.get()).toEqual({ is: 'out', ended: true })
    expect(memory.all.has('signedIn')).toBe(false)
  })

  it('waits for a server that cannot be reached instead of signing out', async () => {
    const memory = notes({ signedIn: '1' })
    const session = createSession(() => api({ refresh: () => Promise.reject(new ApiProblem('no_network')) }), memory)
    await session.resume()
    expect(session.get()).toEqual({ is: 'unreachable' })
    expect(memory.all.has('signedIn')).toBe(true)
  })

  it('is left even when the server does not hear of it', async () => {
    const memory = notes()
    const deaf = api({ logout: () => Promise.reject(new ApiProblem('no_network')) })
    const session = createSession(() => deaf, memory)
    session.enter(reply)
    expect(memory.all.get('signedIn')).toBe('1')
    await session.leave()
    expect(session.get()).toEqual({ is: 'out', ended: false })
    expect(memory.all.size).toBe(0)
  })

  it('keeps nothing of the person but the fact that somebody is signed in', () => {
    const memory = notes()
    createSession(() => api({}), memory).enter(reply)
    expect([...memory.all]).toEqual([['signedIn', '1']])
  })

  it('learns that a face was enrolled, and tells its readers', () => {
    const session = createSession(() => api({}), notes())
    session.enter(reply)
    let told = 0
    const stop = session.subscribe(() => {
      told += 1
    })
    session.update({ has_face: true })
    stop()
    session.update({ has_face: false })
    expect(told).toBe(1)
    expect(session.get()).toEqual({ is: 'in', user: { ...user, has_face: false } })
  })
})

describe('without a network', () => {
  /** As much of a Storage as is used: its entries are its own keys. */
  const memory = () => {
    const store: Record<string, string> = {}
    const methods = {
      getItem: (key: string) => store[key] ?? null,
      setItem: (key: string, value: string) => Object.assign(store, { [key]: value }),
      removeItem: (key: string) => delete store[key],
    }
    return { store, kept: createKept(() => proxyOf(store, methods)) }
  }
  const proxyOf = (store: Record<string, string>, methods: object) =>
    new Proxy(store, {
      get: (target, key) => Reflect.get(methods, key) ?? Reflect.get(target, key),
    }) as unknown as Storage
  const deaf = () => api({ refresh: () => Promise.reject(new ApiProblem('no_network')) })

  it('whoever was signed in is still known, until she signs out', async () => {
    const { kept, store } = memory()
    const notebook = notes()
    createSession(() => api({}), notebook, kept).enter(reply)
    kept.write('today', { any: 1 })
    const session = createSession(deaf, notebook, kept)
    await session.resume()
    expect(session.get()).toEqual({ is: 'in', user })
    await session.leave()
    expect(session.get()).toEqual({ is: 'out', ended: false })
    expect(store).toEqual({})
  })

  it('nothing of one person is left for the next', async () => {
    const { kept, store } = memory()
    const session = createSession(() => api({}), notes(), kept)
    session.enter(reply)
    kept.write('today', { any: 1 })
    session.enter({ ...reply, user: { ...user, id: 'u2' } })
    expect(Object.keys(store)).toEqual(['absensi.kept.user'])
  })
})
