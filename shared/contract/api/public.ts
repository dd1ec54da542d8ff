import { endpoint } from '../endpoint.ts'
import {
  latestQuery,
  latestReply,
  nimParams,
  publicCheckStatusReply,
  publicHistoryQuery,
  publicHistoryReply,
  todayStatsReply,
} from '../public.ts'

/** `/public`: the notice board. What a NIM tells a stranger is the school's setting, and nothing by default. */
export const publicApi = {
  todayStats: endpoint({
    method: 'GET',
    path: '/public/today-stats',
    who: 'anyone',
    limit: 'address',
    summary: 'Today’s counts.',
    reply: todayStatsReply,
  }),
  latest: endpoint({
    method: 'GET',
    path: '/public/latest-attendance',
    who: 'anyone',
    limit: 'address',
    summary: 'How many came today; who came last, where the school shows names.',
    query: latestQuery,
    reply: latestReply,
  }),
  history: endpoint({
    method: 'GET',
    path: '/public/history/{nim}',
    who: 'anyone',
    limit: 'lookup',
    summary: 'The attendance of a NIM, where the school shows it.',
    params: nimParams,
    query: publicHistoryQuery,
    reply: publicHistoryReply,
  }),
  checkStatus: endpoint({
    method: 'GET',
    path: '/public/check-status/{nim}',
    who: 'anyone',
    limit: 'lookup',
    summary: 'Whether a NIM has attended today, where the school shows it.',
    params: nimParams,
    reply: publicCheckStatusReply,
  }),
}
