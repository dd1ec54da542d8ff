import { endpoint } from '../endpoint.ts'
import { codeReply, redeemCodeReply, redeemCodeRequest } from '../presence-code.ts'

/** `/absensi/code`: the way without a camera. A student shows a code, a teacher confirms whom she sees. */
export const presenceCodeApi = {
  draw: endpoint({
    method: 'POST',
    path: '/absensi/code',
    who: 'user',
    limit: 'scan',
    summary: 'Six digits, good for 60 seconds and one use, to be shown to a teacher; only while a session is open.',
    reply: codeReply,
    status: 201,
  }),
  redeem: endpoint({
    method: 'POST',
    path: '/absensi/code/redeem',
    who: 'staff',
    limit: 'user',
    summary:
      'Says whose a code is; with her id as `confirm` it records her, as the one the reader has in front of her.',
    body: redeemCodeRequest,
    reply: redeemCodeReply,
  }),
}
