import { describe, expect, it } from 'vitest'
import type { TokensReply, User } from '../../shared/contract/auth.ts'
import { createTransport } from './transport.ts'

const user: User = { id: 'u1', nim: '1', name: 'Rani', email: null, role: 'admin', has_face: false, kelas: null }
const tokens = (access_token: string): TokensReply => ({ access_token, token_type: 'bearer', expires_in: 3600, user })
const answer = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })

function makeTransport(early: Promise<Response>) {
  const asked: string[] = []
  const answers = [early]
  const transport = createTransport({
    fetch: async (url) => {
      asked.push(String(url))
      return answer(tokens('asked'))
    },
    language: () => 'id',
    onSignedOut: () => undefined,
    timeout: 1000,
    early: () => answers.shift() ?? null,
  })
  return { transport, asked }
}

describe('a refresh that was asked for before the page was there', () => {
  it('is taken once, by whoever asks first; the next goes out', async () => {
    const { transport, asked } = makeTransport(Promise.resolve(answer(tokens('early'))))
    const [one, two] = await Promise.all([transport.refresh(), transport.refresh()])
    expect([one.access_token, two.access_token, asked]).toEqual(['early', 'early', []])
    expect((await transport.refresh()).access_token).toBe('asked')
    expect(asked).toEqual(['/api/v1/auth/refresh'])
  })

  it('says what went wrong as any other does', async () => {
    const refused = { error: { code: 'unauthenticated', message: 'ended' } }
    const ended = makeTransport(Promise.resolve(answer(refused, 401)))
    await expect(ended.transport.refresh()).rejects.toMatchObject({ code: 'unauthenticated' })
    const away = makeTransport(Promise.reject(new TypeError('Failed to fetch')))
    await expect(away.transport.refresh()).rejects.toMatchObject({ code: 'no_network' })
    expect((await away.transport.refresh()).access_token).toBe('asked')
  })
})

describe('a renewal that answers somebody else', () => {
  it('ends the session of the page: her token is not used and the call is not made again', async () => {
    const asked: (string | undefined)[] = []
    let ended = 0
    const transport = createTransport({
      fetch: async (url, init) => {
        const { authorization } = Object.fromEntries(new Headers(init?.headers))
        asked.push(authorization)
        const other = { ...tokens('of-u2'), user: { ...user, id: 'u2' } }
        if (String(url).endsWith('refresh')) return answer(other)
        return answer({ error: { code: 'unauthenticated', message: 'ended' } }, 401)
      },
      language: () => 'id',
      onSignedOut: () => {
        ended += 1
      },
      timeout: 1000,
    })
    transport.keep(tokens('of-u1'))
    const call = transport.open({ method: 'GET', path: 'auth/me' })
    await expect(call).rejects.toMatchObject({ code: 'unauthenticated' })
    expect([asked, ended]).toEqual([['Bearer of-u1', undefined], 1])
    await expect(transport.refresh()).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('is seen by the page that knows her from what it kept, too', async () => {
    const users: string[] = []
    const transport = createTransport({
      fetch: async () => answer(tokens('of-u1')),
      language: () => 'id',
      onSignedOut: () => undefined,
      onRenewed: ({ id }) => users.push(id) > 1,
      timeout: 1000,
    })
    await expect(transport.refresh()).rejects.toMatchObject({ code: 'unauthenticated' })
    expect((await transport.refresh()).access_token).toBe('of-u1')
  })
})
