import { authApi } from '../../shared/contract/api/auth.ts'
import type { TokensReply } from '../../shared/contract/auth.ts'
import type { Deps } from '../deps.ts'
import type { AppContext } from '../http/env.ts'
import { refuse } from '../http/problem.ts'
import { done, type Serve } from '../http/serve.ts'
import { describeUser, endSessions, type SignedInUser } from '../users/store.ts'
import type { AccessTokens } from './access-token.ts'
import { createActivate } from './activate.ts'
import { createChangePassword } from './change-password.ts'
import { createConfirm } from './confirm.ts'
import { CONFIRMATION_SECONDS } from './confirmation.ts'
import { clearRefreshCookie, isBrowser, readMarks, readRefreshCookie, setMarks, setRefreshCookie } from './cookie.ts'
import { createKnownBrowsers } from './known-browser.ts'
import { createLogin } from './login.ts'
import type { Passwords } from './password.ts'
import { createRegister } from './register.ts'
import { endSession, refreshSession } from './session.ts'
import { deleteTokensOf } from './store.ts'

/** `/auth`: a browser's refresh token travels in a cookie, everybody else's in the body (see cookie.ts). */
export function serveAuth(serve: Serve, deps: Deps, tokens: AccessTokens, passwords: Passwords): void {
  const { config } = deps
  const register = createRegister(deps, passwords)
  const browsers = createKnownBrowsers(deps.keyRing)
  const login = createLogin(deps, passwords, browsers)
  const activate = createActivate(deps, passwords)
  const changePassword = createChangePassword(deps, passwords)
  const confirm = createConfirm(deps, passwords)

  const answer = async (
    c: AppContext,
    user: SignedInUser,
    refreshToken: string | undefined,
    browser: boolean,
  ): Promise<TokensReply> => {
    if (browser && refreshToken !== undefined) setRefreshCookie(c, refreshToken, config.refreshTokenDays)
    return {
      access_token: await tokens.issue(user),
      ...(browser || refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      token_type: 'bearer',
      expires_in: tokens.lifetime,
      user: describeUser(user),
    }
  }

  /** The same where the password was known: this browser is marked as hers. */
  const signedIn = async (c: AppContext, user: SignedInUser, refreshToken: string) => {
    const reply = await answer(c, user, refreshToken, isBrowser(c))
    if (isBrowser(c)) setMarks(c, browsers.mark(readMarks(c), user))
    return reply
  }

  serve(authApi.register, async (c, { body }) => {
    await register(body, callerOf(c))
    return done(c, ASKED)
  })

  serve(authApi.login, async (c, { body }) => {
    const caller = { ...callerOf(c), marks: readMarks(c) }
    const { user, refreshToken } = await login(body.nim, body.password, caller)
    return signedIn(c, user, refreshToken)
  })

  serve(authApi.activate, async (c, { body }) => {
    const { user, refreshToken } = await activate(body, callerOf(c))
    return signedIn(c, user, refreshToken)
  })

  serve(authApi.refresh, async (c, { body }) => {
    // The new token goes the way the old one came: a script in a page cannot ask for it in the body.
    const cookie = readRefreshCookie(c)
    const presented = cookie ?? body.refresh_token
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
  serve(authApi.logout, async (c, { body }) => {
    const presented = readRefreshCookie(c) ?? body.refresh_token
    if (presented !== undefined) await endSession(deps.db, presented)
    clearRefreshCookie(c)
    return done(c, SIGNED_OUT)
  })

  serve(authApi.logoutEverywhere, async (c) => {
    const user = c.get('user')
    await deps.audit.write([endSessions(user.id, deps.now()), deleteTokensOf(user.id)], {
      userId: user.id,
      action: 'logout_everywhere',
      entityType: 'user',
      entityId: user.id,
      ipAddress: c.get('address'),
    })
    deps.guard.forget(user.id)
    clearRefreshCookie(c)
    return done(c, SIGNED_OUT_EVERYWHERE)
  })

  serve(authApi.me, (c) => {
    const user = c.get('user')
    return { user: describeUser(user), accommodation: user.accommodation }
  })

  serve(authApi.changePassword, async (c, { body }) => {
    const user = c.get('user')
    const { refreshToken, epoch } = await changePassword(user, body)
    return signedIn(c, { ...user, epoch, passwordTemporary: false }, refreshToken)
  })

  serve(authApi.confirm, async (c, { body }) => ({
    confirmation: await confirm(c.get('user'), body.password, c.get('address')),
    expires_in: CONFIRMATION_SECONDS,
  }))
}

function callerOf(c: AppContext) {
  return { address: c.get('address'), userAgent: c.req.header('user-agent') }
}

const ASKED = {
  id: 'Permintaan akun diterima. Bila NIM belum terdaftar, akun menunggu persetujuan tata usaha.',
  en: 'Your request is in. If the NIM is new, the account waits for the school office to approve it.',
}

const SIGNED_OUT = { id: 'Kamu sudah keluar.', en: 'You are signed out.' }
const SIGNED_OUT_EVERYWHERE = {
  id: 'Kamu sudah keluar di semua perangkat.',
  en: 'You are signed out on every device.',
}
