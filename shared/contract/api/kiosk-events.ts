import { endpoint, idParams } from '../endpoint.ts'
import { resolveEventReply, resolveEventRequest, staffEventsQuery, staffEventsReply } from '../kiosk-events.ts'

/** `/kiosk/events`, as staff look at what kiosks captured without network and nobody could resolve. */
export const kioskEventsApi = {
  list: endpoint({
    method: 'GET',
    path: '/kiosk/events',
    who: 'staff',
    limit: 'user',
    summary: 'What kiosks captured without network and a person has to look at, oldest first.',
    query: staffEventsQuery,
    reply: staffEventsReply,
  }),
  resolve: endpoint({
    method: 'POST',
    path: '/kiosk/events/{id}/resolve',
    who: 'staff',
    limit: 'user',
    summary: 'Says which student was there, or that it is nobody’s.',
    params: idParams,
    body: resolveEventRequest,
    reply: resolveEventReply,
  }),
}
