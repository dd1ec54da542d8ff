import {
  bulkConsentsReply,
  bulkConsentsRequest,
  consentHistoryReply,
  consentsQuery,
  consentsReply,
  withdrawForReply,
  withdrawForRequest,
} from '../consent-ledger.ts'
import { endpoint } from '../endpoint.ts'

/** The ledger of consents: whose there are, on paper too, and every one ever given. */
export const consentLedgerApi = {
  history: endpoint({
    method: 'GET',
    path: '/consents/history',
    who: 'user',
    limit: 'user',
    summary: 'Every consent the signed-in person or her guardian ever gave.',
    reply: consentHistoryReply,
  }),
  list: endpoint({
    method: 'GET',
    path: '/admin/consents',
    who: 'admin',
    limit: 'user',
    summary: 'People and where their consents stand.',
    query: consentsQuery,
    reply: consentsReply,
  }),
  bulk: endpoint({
    method: 'POST',
    path: '/admin/consents/bulk',
    who: 'admin',
    limit: 'heavy',
    summary: 'Enters consents given on paper, the students’ own or their guardians’.',
    body: bulkConsentsRequest,
    reply: bulkConsentsReply,
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/admin/consents/withdraw',
    who: 'admin',
    limit: 'user',
    confirm: true,
    summary: 'Withdraws a consent for whoever told the office: the face and its key are destroyed at once.',
    body: withdrawForRequest,
    reply: withdrawForReply,
  }),
}
