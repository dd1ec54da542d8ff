import { z } from 'zod'
import { okReply } from '../auth.ts'
import { endpoint } from '../endpoint.ts'

/** `/auth/email`: a person's address is confirmed by the link that was sent to it. */
export const emailApi = {
  confirm: endpoint({
    method: 'POST',
    path: '/auth/email/confirm',
    who: 'anyone',
    limit: 'lookup',
    summary: 'Uses up the token of a confirmation mail: once, for 48 hours.',
    body: z.object({ token: z.string().max(200) }),
    reply: okReply,
  }),
  again: endpoint({
    method: 'POST',
    path: '/auth/email/again',
    who: 'user',
    limit: 'user',
    summary: 'Sends the confirmation mail again, once an hour.',
    reply: okReply,
    status: 202,
  }),
}
