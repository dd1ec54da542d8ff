import { deviceNonceReply, deviceReply, devicesReply, registerDeviceRequest } from '../devices.ts'
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
    summary: 'Registers this browser’s key: the first phone is active at once, a further one waits.',
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
}
