import { endpoint } from '../endpoint.ts'
import { faceFailuresQuery, faceFailuresReply, todayBoardReply, todayEventsQuery } from '../today.ts'

/** The console's first screen. */
export const todayApi = {
  board: endpoint({
    method: 'GET',
    path: '/admin/today',
    who: 'staff',
    limit: 'user',
    summary: 'Today’s counts by session and class, and what waits for a person.',
    reply: todayBoardReply,
  }),
  events: endpoint({
    method: 'GET',
    path: '/admin/today/events',
    who: 'staff',
    limit: 'user',
    summary: 'The same as server-sent events named `today`: at once, and whenever a figure changes.',
    query: todayEventsQuery,
    reply: { file: ['text/event-stream'] },
  }),
  faceFailures: endpoint({
    method: 'GET',
    path: '/admin/today/face-failures',
    who: 'staff',
    limit: 'user',
    summary:
      'Students whose face failed today and who have nothing recorded since: to be marked by hand or with a code.',
    query: faceFailuresQuery,
    reply: faceFailuresReply,
  }),
}
