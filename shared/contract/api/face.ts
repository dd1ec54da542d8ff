import { okReply } from '../auth.ts'
import { sealedCaptureRequest, ticketReply, ticketRequest } from '../capture.ts'
import { endpoint } from '../endpoint.ts'
import { faceRegisterReply, faceStatusReply } from '../face.ts'

/** `/face`: tickets, enrolling, what is stored, erasing. */
export const faceApi = {
  tickets: endpoint({
    method: 'POST',
    path: '/face/tickets',
    who: 'user',
    limit: 'user',
    summary: 'A one-use permission for one capture, with the challenges drawn for it.',
    body: ticketRequest,
    reply: ticketReply,
    status: 201,
  }),
  register: endpoint({
    method: 'POST',
    path: '/face/register',
    who: 'user',
    limit: 'scan',
    summary: 'Enrols a face: three shots or more in one sealed capture.',
    body: sealedCaptureRequest,
    reply: faceRegisterReply,
    status: 201,
  }),
  status: endpoint({
    method: 'GET',
    path: '/face/status',
    who: 'user',
    limit: 'user',
    summary: 'What is stored of the signed-in person’s face.',
    reply: faceStatusReply,
  }),
  unregister: endpoint({
    method: 'DELETE',
    path: '/face/unregister',
    who: 'user',
    limit: 'user',
    summary: 'Erases the face and its key.',
    reply: okReply,
  }),
}
