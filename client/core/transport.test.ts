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
