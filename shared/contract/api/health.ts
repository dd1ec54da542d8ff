import { endpoint } from '../endpoint.ts'
import { healthReply } from '../health.ts'

export const healthApi = {
  health: endpoint({
    method: 'GET',
    path: '/health',
    who: 'anyone',
    limit: 'address',
    summary: 'Alive, and the database answers.',
    reply: healthReply,
  }),
}
