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
    expect(memory.all.get('signedIn')).toBe('u1')
    await session.leave()
    expect(session.get()).toEqual({ is: 'out', ended: false })
    expect([...memory.all.keys()]).toEqual(['leaving'])
  })

  it('that was left without the server is ended there at the next chance, and never taken up again', async () => {
    const memory = notes()
    const told: string[] = []
    let network = false
    const calls = api({
      refresh: () => Promise.reject(new Error('asked')),
      logout: async () => {
        told.push(network ? 'heard' : 'lost')
        if (!network) throw new ApiProblem('no_network')
      },
    })
    const page = new EventTarget()
    const session = createSession(() => calls, memory, undefined, page)
    session.enter(reply)
    await session.leave()
    const next = createSession(() => calls, memory, undefined, page)
    await next.resume()
    expect([next.get(), told]).toEqual([{ is: 'out', ended: false }, ['lost', 'lost']])
    network = true
    await next.resume()
    await next.resume()
    expect([next.get(), told]).toEqual([{ is: 'out', ended: false }, ['lost', 'lost', 'heard']])
    expect(memory.all.size).toBe(0)
  })

  it('that was left without the server is ended there when the network is back, unless somebody has signed in', async () => {
    const memory = notes({ leaving: '1' })
    let told = 0
    const page = new EventTarget()
    const logout = async () => {
      told += 1
    }
    const session = createSession(() => api({ logout }), memory, undefined, page)
    page.dispatchEvent(new Event('online'))
    await Promise.resolve()
    expect([told, memory.all.size]).toEqual([1, 0])
    memory.write('leaving', '1')
    session.enter(reply)
    page.dispatchEvent(new Event('online'))
    expect([told, memory.all.has('leaving')]).toEqual([1, false])
  })

  it('is told to the server before anybody signs in, not into her session', async () => {
    const memory = notes()
    const page = new EventTarget()
    const order: string[] = []
    let answer: () => void = () => undefined
    const logout = async () => {
      order.push('out')
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      order.push('told')
    }
    const session = createSession(() => api({ logout }), memory, undefined, page)
    memory.write('leaving', '1')
    page.dispatchEvent(new Event('online'))
    const entered = session.signIn(async () => {
      order.push('in')
      // The note of a sign-out is still there when the network comes back during the call.
      memory.write('leaving', '1')
      page.dispatchEvent(new Event('online'))
      return reply
    })
    answer()
    await entered
    expect(order).toEqual(['out', 'told', 'in'])
    expect([session.get().is, memory.all.has('leaving')]).toEqual(['in', false])
    await expect(session.signIn(() => Promise.reject(new ApiProblem('wrong_credentials')))).rejects.toThrow()
  })

  it('keeps nothing of the person but her id', () => {
    const memory = notes()
    createSession(() => api({}), memory).enter(reply)
    expect([...memory.all]).toEqual([['signedIn', 'u1']])
  })

  it('ends when another tab signs out or in as somebody else, and leaves alone what that one keeps', () => {
    const memory = notes()
    const page = new EventTarget()
    const session = createSession(() => api({}), memory, undefined, page)
    for (const noted of [null, 'u2']) {
      session.enter(reply)
      page.dispatchEvent(new Event('storage'))
      expect(session.get().is).toBe('in')
      memory.write('signedIn', noted)
      page.dispatchEvent(new Event('storage'))
      expect(session.get()).toEqual({ is: 'out', ended: true })
      session.end()
      expect(memory.read('signedIn')).toBe(noted)
    }
  })

  it('takes over from a renewal what the office has changed, and nothing of somebody else', () => {
    const session = createSession(() => api({}), notes())
    session.enter(reply)
    expect(session.renewed({ ...user, has_face: true })).toBe(true)
    expect(session.renewed({ ...user, id: 'u2' })).toBe(false)
    expect(session.get()).toEqual({ is: 'in', user: { ...user, has_face: true } })
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
