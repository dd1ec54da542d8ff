import { emailApi } from '../../shared/contract/api/email.ts'
import type { Deps } from '../deps.ts'
import { done, type Serve } from '../http/serve.ts'
import { askAgain, confirmEmail } from './confirmations/ask.ts'

/** `/auth/email`: a person's address is confirmed by the link that was sent to it. */
export function serveEmail(serve: Serve, deps: Deps): void {
  serve(emailApi.confirm, async (c, { body: { token } }) => {
    await confirmEmail(deps, token, c.get('address'))
    return done(c, CONFIRMED)
  })

  serve(emailApi.again, async (c) => {
    await askAgain(deps, c.get('user').id)
    return done(c, ASKED)
  })
}

const CONFIRMED = { id: 'Alamat email sudah dikonfirmasi.', en: 'The e-mail address is confirmed.' }
const ASKED = { id: 'Email konfirmasi segera dikirim.', en: 'The confirmation mail will be sent shortly.' }
