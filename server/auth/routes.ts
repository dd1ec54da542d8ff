import { Hono } from 'hono'
import type { z } from 'zod'
import {
  activateRequest,
  changePasswordRequest,
  loginRequest,
  type meReply,
  type okReply,
  refreshRequest,
  type TokensReply,
} from '../../shared/contract/auth.ts'
import type { Deps } from '../deps.ts'
import type { AppContext, AppEnv } from '../http/env.ts'
import { say } from '../http/language.ts'
import { refuse } from '../http/problem.ts'
import { readBody } from '../http/validate.ts'
import { describeUser, type SignedInUser } from '../users/store.ts'
import type { AccessTokens } from './access-token.ts'
import { createActivate } from './activate.ts'
import { createChangePassword } from './change-password.ts'
import { clearRefreshCookie, isBrowser, readRefreshCookie, setRefreshCookie } from './cookie.ts'
import { createLogin } from './login.ts'
import type { Passwords } from './password.ts'
import { endSession, refreshSession } from './session.ts'

/** `/auth`: a browser's refresh token travels in a cookie, everybody else's in the body (see cookie.ts). */
export function authRoutes(deps: Deps, tokens: AccessTokens, passwords: Passwords): Hono<AppEnv> {
  const { config, guard } = deps
  const login = createLogin(deps, passwords)
  const activate = createActivate(deps, passwords)
  const changePassword = createChangePassword(deps, passwords)

  const answer = async (c: AppContext, user: SignedInUser, refreshToken: string | undefined, browser: boolean) => {
    if (browser && refreshToken !== undefined) setRefreshCookie(c, refreshToken, config.refreshTokenDays)
    const reply: TokensReply = {
      access_token: await tokens.issue(user),
      ...(browser || refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      token_type: 'bearer',
      expires_in: tokens.lifetime,
      user: describeUser(user),
    }
    return c.json(reply)
  }

  return (
    new Hono<AppEnv>()
      .post('/login', async (c) => {
        const { nim, password } = await readBody(c, loginRequest)
        const { user, refreshToken } = await login(nim, password, callerOf(c))
        return answer(c, user, refreshToken, isBrowser(c))
      })
      .post('/activate', async (c) => {
        const request = await readBody(c, activateRequest, { newPassword: 'password' })
        const { user, refreshToken } = await activate(request, callerOf(c))
        return answer(c, user, refreshToken, isBrowser(c))
      })
      .post('/refresh', async (c) => {
        // The new token goes the way the old one came: a script in a page cannot ask for it in the body.
        const cookie = readRefreshCookie(c)
        const presented = cookie ?? (await readBody(c, refreshRequest)).refresh_token
        if (presented === undefined) return refuse('unauthenticated')
        const refreshed = await refreshSession(deps, presented, config.refreshTokenDays, cookie !== undefined)
        if (refreshed.kind === 'ended') {
          if (cookie !== undefined) clearRefreshCookie(c)
          return refuse('unauthenticated')
        }
        const next = refreshed.kind === 'rotated' ? refreshed.refreshToken : undefined
        return answer(c, refreshed.user, next, cookie !== undefined)
      })
      // Holding the refresh token is enough: a page whose access token has run out can still sign out.
      .post('/logout', async (c) => {
        const bare = c.req.header('content-type') === undefined
        const presented = readRefreshCookie(c) ?? (bare ? undefined : (await readBody(c, refreshRequest)).refresh_token)
        if (presented !== undefined) await endSession(deps.db, presented)
        clearRefreshCookie(c)
        const reply: z.infer<typeof okReply> = { success: true, message: say(c, SIGNED_OUT) }
        return c.json(reply)
      })
      .get('/me', guard.requireUser({ temporary: true }), (c) => {
        const user = c.get('user')
        const reply: z.infer<typeof meReply> = { user: describeUser(user), accommodation: user.accommodation }
        return c.json(reply)
      })
      .put('/change-password', guard.requireUser({ temporary: true }), async (c) => {
        const user = c.get('user')
        const { refreshToken, epoch } = await changePassword(
          user,
          await readBody(c, changePasswordRequest, { newPassword: 'new_password' }),
        )
        return answer(c, { ...user, epoch, passwordTemporary: false }, refreshToken, isBrowser(c))
      })
  )
}

function callerOf(c: AppContext) {
  return { address: c.get('address'), userAgent: c.req.header('user-agent') }
}

const SIGNED_OUT = { id: 'Anda sudah keluar.', en: 'You are signed out.' }
