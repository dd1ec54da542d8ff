import { withdrawReply } from '../consent-ledger.ts'
import { consentReply, giveConsentRequest } from '../consents.ts'
import { endpoint } from '../endpoint.ts'

/** `/consents`: without a live one no camera opens and no face is kept. */
export const consentsApi = {
  read: endpoint({
    method: 'GET',
    path: '/consents',
    who: 'user',
    limit: 'user',
    summary: 'The live consent, and the version in force.',
    reply: consentReply,
  }),
  give: endpoint({
    method: 'POST',
    path: '/consents',
    who: 'user',
    limit: 'user',
    summary: 'Gives consent to the text in force.',
    body: giveConsentRequest,
    reply: consentReply,
  }),
  withdraw: endpoint({
    method: 'DELETE',
    path: '/consents',
    who: 'user',
    limit: 'user',
    summary: 'Withdraws consent: the face and its key are destroyed at once; the receipt says what was.',
    reply: withdrawReply,
  }),
}
