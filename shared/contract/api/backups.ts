import { backupsReply } from '../backups.ts'
import { endpoint } from '../endpoint.ts'
import { jobReply } from '../jobs.ts'

/** `/admin/backups`: copies of the database, made nightly and on demand. Restoring is the command line's. */
export const backupsApi = {
  list: endpoint({
    method: 'GET',
    path: '/admin/backups',
    who: 'admin',
    limit: 'user',
    summary: 'Every backup that is kept, newest first.',
    reply: backupsReply,
  }),
  make: endpoint({
    method: 'POST',
    path: '/admin/backups',
    who: 'admin',
    limit: 'heavy',
    summary: 'Starts a backup now, unless one is being made.',
    reply: jobReply,
    status: 202,
  }),
}
