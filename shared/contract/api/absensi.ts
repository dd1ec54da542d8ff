import {
  checkStatusReply,
  historyQuery,
  historyReply,
  statisticsReply,
  submitReply,
  submitRequest,
  todayReply,
} from '../absensi.ts'
import { endpoint } from '../endpoint.ts'

/** `/absensi`: the student's side of attendance. */
export const absensiApi = {
  submit: endpoint({
    method: 'POST',
    path: '/absensi/submit',
    who: 'user',
    limit: 'scan',
    summary: 'Checks in with a sealed capture, or out where the session asks for it.',
    body: submitRequest,
    reply: submitReply,
  }),
  today: endpoint({
    method: 'GET',
    path: '/absensi/today',
    who: 'user',
    limit: 'user',
    summary: 'Today’s sessions and what is recorded of the signed-in person.',
    reply: todayReply,
  }),
  history: endpoint({
    method: 'GET',
    path: '/absensi/history',
    who: 'user',
    limit: 'user',
    summary: 'What is recorded of the signed-in person, newest first.',
    query: historyQuery,
    reply: historyReply,
  }),
  statistics: endpoint({
    method: 'GET',
    path: '/absensi/statistics',
    who: 'user',
    limit: 'user',
    summary: 'The signed-in person’s counts and percentage: overall, this month, month by month.',
    reply: statisticsReply,
  }),
  checkStatus: endpoint({
    method: 'GET',
    path: '/absensi/check-status',
    who: 'user',
    limit: 'user',
    summary: 'Whether the signed-in person is recorded in the session that counts now, and whether she can check in.',
    reply: checkStatusReply,
  }),
}
