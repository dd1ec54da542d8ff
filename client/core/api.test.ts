import { describe, expect, it, vi } from 'vitest'
import { createApi } from './api.ts'
import { ApiProblem } from './api-problem.ts'

const USER = {
  id: 'u1',
  nim: '1',
  name: 'Rani',
  email: null,
  role: 'user',
  has_face: false,
  kelas: null,
}
const tokens = (token: string) => ({ access_token: token, token_type: 'bearer', expires_in: 3600, user: USER })
const me = { user: USER, accommodation: { poses: 'guided', slow: false } }
const health = { status: 'ok', name: 'x', profile: 'school', time_zone: 'Asia/Jakarta' }

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
const problem = (code: string, status: number, rest: object = {}) =>
  json({ type: 'about:blank', title: code, status, detail: 'Kata-kata.', code, ...rest }, status)

interface Seen {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: unknown
}

/** An api whose server is `answer`; what was asked is in `seen`. */
function against(answer: (request: Seen, seen: readonly Seen[]) => Response | Promise<Response>) {
  const seen: Seen[] = []
  const onSignedOut = vi.fn()
  const fetchDouble: typeof fetch = async (url, init) => {
    const request = {
      url: String(url),
      method: init?.method ?? 'GET',
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : null,
    }
    seen.push(request)
    return answer(request, seen)
  }
  return { api: createApi({ fetch: fetchDouble, language: () => 'en', onSignedOut }), seen, onSignedOut }
}

const thrown = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ApiProblem)
  return error as ApiProblem
}

describe('a call', () => {
  it('goes to /api/v1 in the chosen language, with the token of the sign-in', async () => {
    const { api, seen } = against(({ url }) => json(url.endsWith('login') ? tokens('t1') : me))
    await api.login({ nim: '1', password: 'rahasia1' })
    expect(await api.me()).toEqual(me)
    expect(seen.map(({ url, method }) => `${method} ${url}`)).toEqual([
      'POST /api/v1/auth/login',
      'GET /api/v1/auth/me',
    ])
    expect(seen[0]?.headers.get('authorization')).toBeNull()
    expect(seen[0]?.body).toEqual({ nim: '1', password: 'rahasia1' })
    expect(seen[1]?.headers.get('authorization')).toBe('Bearer t1')
    expect(seen[1]?.headers.get('accept-language')).toBe('en')
  })

  it('sends no token with health, and uses the method of the contract', async () => {
    const { api, seen } = against(({ url }) =>
      url.endsWith('health') ? json(health) : json({ success: true, message: '' }),
    )
    await api.health()
    await api.unregister()
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/v1/health',
      'DELETE /api/v1/face/unregister',
    ])
  })
})

describe('a problem', () => {
  it('carries code, detail and patience', async () => {
    const { api } = against(() => problem('slow_down', 429, { retry_after: 40 }))
    expect(await thrown(api.health())).toMatchObject({ code: 'slow_down', detail: 'Kata-kata.', retryAfter: 40 })
  })

  it('takes Retry-After from the header when there is no document', async () => {
    const { api } = against(() => new Response('busy', { status: 429, headers: { 'retry-after': '7' } }))
    expect(await thrown(api.health())).toMatchObject({ code: 'slow_down', retryAfter: 7 })
  })

  it.each([
    [502, 'unavailable'],
    [413, 'too_large'],
    [500, 'internal'],
    [418, 'internal'],
  ])('gives a page of HTML with status %i the code %s', async (status, code) => {
    const { api } = against(() => new Response('<h1>nginx</h1>', { status }))
    expect((await thrown(api.health())).code).toBe(code)
  })

  it('is no_network when no answer comes', async () => {
    const { api } = against(() => Promise.reject(new TypeError('Failed to fetch')))
    expect((await thrown(api.health())).code).toBe('no_network')
  })

  it('is no_network when the answer breaks off in the middle', async () => {
    const broken = () => new ReadableStream({ pull: (stream) => stream.error(new TypeError('network error')) })
    const { api } = against(() => new Response(broken(), { status: 200 }))
    expect((await thrown(api.health())).code).toBe('no_network')
  })

  it('is internal when a reply does not fit the contract', async () => {
    const { api } = against(() => json({ status: 'ok', name: 'x', profile: 'castle', time_zone: 'Asia/Jakarta' }))
    expect((await thrown(api.health())).code).toBe('internal')
  })

  it('gives an abort back as what it is', async () => {
    const abort = new AbortController()
    const { api } = against(() => {
      abort.abort(new Error('cancelled'))
      return Promise.reject(new DOMException('aborted', 'AbortError'))
    })
    await expect(api.deviceNonce(abort.signal)).rejects.toThrow('cancelled')
  })
})

describe('an access token that has ended', () => {
  it('is renewed from the cookie once, and the call is made again', async () => {
    const { api, seen, onSignedOut } = against(({ url, headers }) => {
      if (url.endsWith('login')) return json(tokens('old'))
      if (url.endsWith('refresh')) return json(tokens('new'))
      return headers.get('authorization') === 'Bearer new' ? json(me) : problem('unauthenticated', 401)
    })
    await api.login({ nim: '1', password: 'x' })
    await api.me()
    expect(seen.map(({ url }) => url.slice(8))).toEqual(['auth/login', 'auth/me', 'auth/refresh', 'auth/me'])
    expect(onSignedOut).not.toHaveBeenCalled()
  })

  it('is renewed by one request however many calls meet it', async () => {
    const { api, seen } = against(async ({ url, headers }) => {
      if (url.endsWith('refresh')) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        return json(tokens('new'))
      }
      return headers.get('authorization') === 'Bearer new' ? json(me) : problem('unauthenticated', 401)
    })
    await Promise.all([api.me(), api.me(), api.me()])
    expect(seen.filter(({ url }) => url.endsWith('refresh'))).toHaveLength(1)
  })

  it('ends the session when the cookie is refused too', async () => {
    const { api, seen, onSignedOut } = against(() => problem('unauthenticated', 401))
    expect((await thrown(api.me())).code).toBe('unauthenticated')
    expect(onSignedOut).toHaveBeenCalledOnce()
    expect(seen).toHaveLength(2)
  })

  it('does not end the session when the network fails in between', async () => {
    const { api, onSignedOut } = against(({ url }) => {
      if (url.endsWith('refresh')) throw new TypeError('Failed to fetch')
      return problem('unauthenticated', 401)
    })
    expect((await thrown(api.me())).code).toBe('no_network')
    expect(onSignedOut).not.toHaveBeenCalled()
  })

  it('is not what a wrong password is about', async () => {
    const { api, seen, onSignedOut } = against(() => problem('wrong_credentials', 401))
    expect((await thrown(api.login({ nim: '1', password: 'x' }))).code).toBe('wrong_credentials')
    expect(seen).toHaveLength(1)
    expect(onSignedOut).not.toHaveBeenCalled()
  })

  it('is dropped at sign-out, also without a network', async () => {
    const { api, seen } = against(({ url }) => {
      if (url.endsWith('login')) return json(tokens('t1'))
      if (url.endsWith('logout')) throw new TypeError('Failed to fetch')
      return json(me)
    })
    await api.login({ nim: '1', password: 'x' })
    await thrown(api.logout())
    await api.me()
    expect(seen.at(-1)?.headers.get('authorization')).toBeNull()
  })
})
