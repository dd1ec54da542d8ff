import { okReply } from '../auth.ts'
import { sealedCaptureRequest, ticketReply, ticketRequest } from '../capture.ts'
import { endpoint } from '../endpoint.ts'
import {
  faceRegisterReply,
  faceScanReply,
  faceScanRequest,
  faceStatusReply,
  faceUploadReply,
  faceVerifyReply,
} from '../face.ts'

/** `/face`: tickets, enrolling, looking who it is, what is stored, erasing. */
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
  scan: endpoint({
    method: 'POST',
    path: '/face/scan',
    who: 'user',
    limit: 'scan',
    summary:
      'Who is in the picture: a student is told only of herself, staff of everybody in their scope. Marks nothing.',
    body: faceScanRequest,
    reply: faceScanReply,
  }),
  verify: endpoint({
    method: 'POST',
    path: '/face/verify',
    who: 'user',
    limit: 'scan',
    summary: 'Whether it is the signed-in person, live. Marks nothing.',
    body: sealedCaptureRequest,
    reply: faceVerifyReply,
  }),
  registerUpload: endpoint({
    method: 'POST',
    path: '/face/register-upload',
    who: 'user',
    limit: 'scan',
    summary:
      'Photographs, three or more, a frame each: in no gallery until a live capture matches and an admin confirms.',
    body: sealedCaptureRequest,
    reply: faceUploadReply,
    status: 202,
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
