import { submitReply, todayReply } from '../absensi.ts'
import { sealedCaptureRequest } from '../capture.ts'
import { endpoint } from '../endpoint.ts'

/** `/absensi`: the student's side of attendance. */
export const absensiApi = {
  submit: endpoint({
    method: 'POST',
    path: '/absensi/submit',
    who: 'user',
    limit: 'scan',
    summary: 'Checks in with a sealed capture.',
    body: sealedCaptureRequest,
    reply: submitReply,
  }),
  today: endpoint({
    method: 'GET',
    path: '/absensi/today',
    who: 'user',
    limit: 'user',
    summary: 'Today’s session and what is recorded of the signed-in person.',
    reply: todayReply,
  }),
}
