import { okReply } from '../auth.ts'
import {
  adminDevicesQuery,
  adminDevicesReply,
  deviceIdParams,
  deviceNonceReply,
  deviceOfRequest,
  deviceReply,
  devicesReply,
  registerDeviceRequest,
} from '../devices.ts'
import { endpoint } from '../endpoint.ts'

/** `/devices`: browser profiles with a key of their own. */
export const devicesApi = {
  nonce: endpoint({
    method: 'POST',
    path: '/devices/nonce',
    who: 'user',
    limit: 'user',
    summary: 'A nonce for the device key to sign.',
    reply: deviceNonceReply,
  }),
  register: endpoint({
    method: 'POST',
    path: '/devices',
    who: 'user',
    limit: 'user',
    summary:
      'Registers this browser’s key: the first phone is active at once, a further one waits, and so does any after one was revoked. A revoked key is a conflict: come with a new one.',
    body: registerDeviceRequest,
    reply: deviceReply,
    status: 201,
  }),
  list: endpoint({
    method: 'GET',
    path: '/devices',
    who: 'user',
    limit: 'user',
    summary: 'The signed-in person’s devices.',
    reply: devicesReply,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/devices/{id}',
    who: 'user',
    limit: 'user',
    summary: 'Revokes a phone of one’s own; one that still waits is forgotten. The next phone waits for an admin.',
    params: deviceIdParams,
    reply: okReply,
  }),
  queue: endpoint({
    method: 'GET',
    path: '/admin/devices',
    who: 'staff',
    limit: 'user',
    summary: 'Devices of the people one sees; what waits comes first.',
    query: adminDevicesQuery,
    reply: adminDevicesReply,
  }),
  approve: endpoint({
    method: 'POST',
    path: '/admin/devices/{id}/approve',
    who: 'admin',
    limit: 'user',
    summary: 'Makes a phone its student’s active one, in the place of the one before.',
    params: deviceIdParams,
    body: deviceOfRequest,
    reply: deviceReply,
  }),
  revoke: endpoint({
    method: 'POST',
    path: '/admin/devices/{id}/revoke',
    who: 'admin',
    limit: 'user',
    summary: 'Revokes a device: its captures are refused from then on.',
    params: deviceIdParams,
    body: deviceOfRequest,
    reply: deviceReply,
  }),
}
