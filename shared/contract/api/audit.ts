import { auditQuery, auditReply, auditVerifyReply } from '../audit.ts'
import { endpoint } from '../endpoint.ts'

/** `/admin/audit`: who did what, and whether nobody has touched the record. */
export const auditApi = {
  list: endpoint({
    method: 'GET',
    path: '/admin/audit',
    who: 'admin',
    limit: 'user',
    summary: 'Lines of the audit log, newest first.',
    query: auditQuery,
    reply: auditReply,
  }),
  verify: endpoint({
    method: 'GET',
    path: '/admin/audit/verify',
    who: 'admin',
    limit: 'heavy',
    summary: 'Goes over the whole chain: a changed, removed, inserted or cut-off line is found.',
    reply: auditVerifyReply,
  }),
}
