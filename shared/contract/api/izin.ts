import { endpoint, idParams, pageQuery } from '../endpoint.ts'
import {
  decideIzinReply,
  decideIzinRequest,
  izinListReply,
  izinReply,
  izinRequest,
  staffIzinListReply,
  staffIzinQuery,
} from '../izin.ts'

/** `/izin`: asking for days off, and deciding on it. */
export const izinApi = {
  ask: endpoint({
    method: 'POST',
    path: '/izin',
    who: 'user',
    limit: 'user',
    summary: 'Asks for days off (izin or sakit).',
    body: izinRequest,
    reply: izinReply,
    status: 201,
  }),
  own: endpoint({
    method: 'GET',
    path: '/izin',
    who: 'user',
    limit: 'user',
    summary: 'The signed-in person’s requests, newest first.',
    query: pageQuery,
    reply: izinListReply,
  }),
  withdraw: endpoint({
    method: 'DELETE',
    path: '/izin/{id}',
    who: 'user',
    limit: 'user',
    summary: 'Withdraws an own request while nobody has decided on it.',
    params: idParams,
    reply: izinReply,
  }),
  list: endpoint({
    method: 'GET',
    path: '/izin/admin',
    who: 'staff',
    limit: 'user',
    summary: 'Requests within the reader’s classes, newest first.',
    query: staffIzinQuery,
    reply: staffIzinListReply,
  }),
  decide: endpoint({
    method: 'POST',
    path: '/izin/admin/{id}',
    who: 'staff',
    limit: 'user',
    summary: 'Approves or refuses a request, or takes that back; an approved one fills the sessions of its days.',
    params: idParams,
    body: decideIzinRequest,
    reply: decideIzinReply,
  }),
}
