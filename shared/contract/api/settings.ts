import { endpoint } from '../endpoint.ts'
import { putSettingsRequest, settingsReply } from '../settings.ts'

/** `/admin/settings`: what a school changes while the server runs. */
export const settingsApi = {
  read: endpoint({
    method: 'GET',
    path: '/admin/settings',
    who: 'admin',
    limit: 'user',
    summary: 'All settings, defaults in the place of what was never set.',
    reply: settingsReply,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/admin/settings',
    who: 'admin',
    limit: 'user',
    summary:
      'Changes some settings or all, unless somebody else has changed them since they were read. Those of privacy, retention, registration and face checks need `X-Confirmation`.',
    body: putSettingsRequest,
    reply: settingsReply,
  }),
}
