import { endpoint, idParams } from '../endpoint.ts'
import { exportReply } from '../privacy.ts'

/** What is held on a person, for herself or for the office that gives it to her. */
export const privacyApi = {
  own: endpoint({
    method: 'GET',
    path: '/me/export',
    who: 'user',
    limit: 'heavy',
    summary: 'Everything that is held on the signed-in person, as JSON.',
    reply: exportReply,
  }),
  ofUser: endpoint({
    method: 'GET',
    path: '/admin/users/{id}/export',
    who: 'admin',
    limit: 'heavy',
    summary: 'Everything that is held on a person, as JSON.',
    params: idParams,
    reply: exportReply,
  }),
}
