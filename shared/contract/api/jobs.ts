import { endpoint } from '../endpoint.ts'
import { jobParams, jobReply, jobsReply } from '../jobs.ts'

/** `/admin/jobs`: what runs by itself, when it ran last and what came of it. */
export const jobsApi = {
  list: endpoint({
    method: 'GET',
    path: '/admin/jobs',
    who: 'admin',
    limit: 'user',
    summary: 'Every background job, its last run and result.',
    reply: jobsReply,
  }),
  run: endpoint({
    method: 'POST',
    path: '/admin/jobs/{name}/run',
    who: 'admin',
    limit: 'heavy',
    summary: 'Starts a job now, unless it is running.',
    params: jobParams,
    reply: jobReply,
    status: 202,
  }),
}
