import { devicesApi } from '../../../../shared/contract/api/devices.ts'
import { faceApi } from '../../../../shared/contract/api/face.ts'
import { faceAdminApi } from '../../../../shared/contract/api/face-admin.ts'
import type { SealedCapture } from '../../../../shared/contract/capture.ts'
import type { LookApi } from '../../../check-in/look.ts'
import type { PhotoApi } from '../../../enrol/photos.ts'
import type { EnrolApi } from '../../../enrol/walk.ts'
import type { AdminApi } from '../../api.ts'

const until = (signal: AbortSignal | undefined) => (signal ? { signal } : {})

/**
 * The walks' server as the office uses it: this computer is a device of whoever is signed in; a ticket, and what is done
 * with it, is about somebody else.
 * @param about whose face is enrolled; null for looking who somebody is
 * @param kelas a scan looks among this class only
 */
export function createOfficeApi(
  api: AdminApi,
  about: string | null,
  kelas: string | null = null,
): EnrolApi & PhotoApi & LookApi {
  const post = (body: SealedCapture, signal?: AbortSignal) => ({ body, ...until(signal) })
  return {
    deviceNonce: (signal) => api.call(devicesApi.nonce, until(signal)),
    registerDevice: (body, signal) => api.call(devicesApi.register, { body, ...until(signal) }),
    ticket: (request, signal) =>
      api.call(faceApi.tickets, { body: about === null ? request : { ...request, user_id: about }, ...until(signal) }),
    register: (capture, signal) => api.call(faceAdminApi.register, post(capture, signal)),
    upload: (capture, signal) => api.call(faceAdminApi.registerUpload, post(capture, signal)),
    scan: (capture, signal) =>
      api.call(faceApi.scan, { body: kelas === null ? capture : { ...capture, kelas }, ...until(signal) }),
  }
}
