import type { Endpoint } from '../endpoint.ts'
import { absensiApi } from './absensi.ts'
import { authApi } from './auth.ts'
import { consentsApi } from './consents.ts'
import { devicesApi } from './devices.ts'
import { faceApi } from './face.ts'
import { faceAdminApi } from './face-admin.ts'
import { healthApi } from './health.ts'
import { kioskApi } from './kiosk.ts'

/** The whole API by feature: what the server serves, the documentation describes and the contract test walks. */
export const API: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
  health: healthApi,
  auth: authApi,
  devices: devicesApi,
  consents: consentsApi,
  face: faceApi,
  faceAdmin: faceAdminApi,
  absensi: absensiApi,
  kiosk: kioskApi,
}

/** Every row. */
export const ENDPOINTS: readonly Endpoint[] = Object.values(API).flatMap((rows) => Object.values(rows))
